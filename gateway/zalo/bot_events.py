"""Bot Platform updates → happenings, from the webhook (wrapped or bare) and from polling alike."""

from typing import Any

from gateway.zalo.happenings import Happening

_TEXTLESS = ("message.image.received", "message.voice.received", "message.unsupported.received")
_SAID = ("message.text.received", "message.sticker.received", *_TEXTLESS)


def read_update(update: dict[str, Any], bot: str) -> Happening:
    """What an update means. Groups and other bots are left alone: an answer may be about one person's dossier."""
    inner = update.get("result", update)
    inner = inner if isinstance(inner, dict) else {}
    message, name = _block(inner, "message"), str(inner.get("event_name", ""))
    chat, sender = _block(message, "chat"), _block(message, "from")
    person, message_id = str(chat.get("id") or ""), str(message.get("message_id") or "")
    if name not in _SAID:
        return Happening("unknown", bot, person)
    if sender.get("is_bot") or chat.get("chat_type") == "GROUP" or not person or not message_id:
        return Happening("ignored", bot, person)
    text = str(message.get("text") or message.get("caption") or "")
    return Happening("said", bot, person, message_id[:64], text, has_attachment=name in _TEXTLESS)


def _block(update: dict[str, Any], name: str) -> dict[str, Any]:
    found = update.get(name)
    return found if isinstance(found, dict) else {}
