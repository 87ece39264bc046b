"""Official Account events → happenings. The table is the whole of what is known; any other name is "unknown"."""

from typing import Any

from gateway.zalo.happenings import Happening, Kind

_MEDIA = ("image", "gif", "link", "audio", "video", "location", "business_card", "file")
_FROM_ACCOUNT = (
    "text",
    "image",
    "gif",
    "list",
    "file",
    "sticker",
    "template",
    "request_user_info",
    "consultation",
    "transaction",
)
_NOTED_ONLY = (
    "unfollow",
    "user_seen_message",
    "user_received_message",  # of our messages and of paid template messages (ZNS) alike
    "user_reacted_message",
    "oa_reacted_message",
    "user_click_chatnow",
    "user_submit_info",  # name, phone and address, asked for by staff: it is theirs and never stored here
    "add_user_to_tag",
    "remove_user_from_tag",
    "remove_tag",
    "update_user_info",
    "widget_interaction_accepted",
    # People without a Zalo account: no source says how to answer them on v3. Staff see them in the account's own inbox.
    *(f"anonymous_send_{what}" for what in ("text", "image", "file", "sticker")),
    *(f"oa_send_anonymous_{what}" for what in ("text", "image", "file", "sticker")),
)

EVENTS: dict[str, Kind] = {
    "user_send_text": "said",  # a tapped button too: its payload comes as the text
    "user_send_sticker": "said",
    **{f"user_send_{what}": "said" for what in _MEDIA},
    **{f"oa_send_{what}": "echoed" for what in _FROM_ACCOUNT},
    "follow": "followed",
    "user_withdraw": "withdrew",
    **dict.fromkeys(_NOTED_ONLY, "ignored"),
}
_WITH_ATTACHMENT = {f"user_send_{what}" for what in _MEDIA}


def read_event(event: dict[str, Any]) -> Happening:
    """What a signed event means. Fields that are missing read as empty, and an event without its persons is ignored."""
    name = str(event.get("event_name", ""))
    kind = EVENTS.get(name, "unknown")
    if name.startswith("oa_send_") and _id(event, "sender", "admin_id"):
        kind = "staff_replied"
    message = _block(event, "message")
    account, person = _who(event)
    if kind in ("said", "followed", "staff_replied") and (not account or not person or account == person):
        kind = "ignored"
    return Happening(
        kind,
        account,
        person,
        external_id=str(message.get("msg_id") or f"{name}-{event.get('timestamp', '')}")[:64],
        text=str(message.get("text") or ""),
        has_attachment=name in _WITH_ATTACHMENT,
    )


def _who(event: dict[str, Any]) -> tuple[str, str]:
    """Account and person; message events name them by direction, the others by role."""
    sender, recipient = _id(event, "sender"), _id(event, "recipient")
    if sender and str(event.get("event_name", "")).startswith("oa_"):
        return sender, recipient
    account = recipient or str(event.get("oa_id") or "")
    return account, sender or _id(event, "follower") or str(event.get("user_id") or "")


def _id(event: dict[str, Any], block: str, name: str = "id") -> str:
    return str(_block(event, block).get(name) or "")


def _block(event: dict[str, Any], name: str) -> dict[str, Any]:
    found = event.get(name)
    return found if isinstance(found, dict) else {}
