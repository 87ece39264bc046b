"""Bot Platform updates, wrapped and bare, and what is made of them."""

from typing import Any

import pytest

from gateway.zalo.bot_events import read_update
from gateway.zalo.happenings import Happening

CHAT = "6f0000000000000000aa"


def update(name: str = "message.text.received", *, chat_type: str = "PRIVATE", is_bot: bool = False, **message: Any) -> dict:
    sender = {"id": CHAT, "display_name": "Lan", "is_bot": is_bot}
    known = {"from": sender, "chat": {"id": CHAT, "chat_type": chat_type}, "message_id": "b1", "date": 1764000000000}
    return {"event_name": name, "message": {**known, **message}}


CASES = [
    (update(text="xin chào"), "xin chào", False),
    (update("message.sticker.received", sticker="s"), "", False),
    (update("message.image.received", photo="u", caption="giấy gì đây"), "giấy gì đây", True),
    (update("message.image.received", photo_url="u"), "", True),
    (update("message.voice.received", voice_url="u"), "", True),
    (update("message.unsupported.received"), "", True),
]


@pytest.mark.parametrize(("event", "text", "has_attachment"), CASES)
@pytest.mark.parametrize("is_wrapped", [False, True])
def test_what_a_citizen_sends_is_something_said(
    event: dict[str, Any], text: str, has_attachment: bool, is_wrapped: bool
) -> None:
    body = {"ok": True, "result": event} if is_wrapped else event
    assert read_update(body, "thu-nghiem") == Happening("said", "thu-nghiem", CHAT, "b1", text, has_attachment)


@pytest.mark.parametrize("event", [update(text="a", chat_type="GROUP"), update(text="a", is_bot=True), update(message_id=None)])
def test_groups_other_bots_and_the_nameless_are_left_alone(event: dict[str, Any]) -> None:
    assert read_update(event, "thu-nghiem").kind == "ignored"


@pytest.mark.parametrize("event", [{}, {"result": []}, {"message": "text"}, update("message.reaction.received")])
def test_anything_else_is_unknown(event: dict[str, Any]) -> None:
    assert read_update(event, "thu-nghiem").kind == "unknown"
