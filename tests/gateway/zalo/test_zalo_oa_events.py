"""Every event of an Official Account, and what is made of it."""

from typing import Any

import pytest

from gateway.zalo.happenings import Happening
from gateway.zalo.oa_events import read_event

OA, PERSON = "92000000000000002", "81000000000000001"


def incoming(name: str, **message: Any) -> dict[str, Any]:
    ids = {"sender": {"id": PERSON}, "recipient": {"id": OA}, "app_id": "5", "timestamp": "1764000000123"}
    return {"event_name": name, **ids, "message": {"msg_id": "m1", **message}}


def outgoing(name: str, **sender: str) -> dict[str, Any]:
    return incoming(name, text="Mời bác sang bàn số 2") | {"sender": {"id": OA, **sender}, "recipient": {"id": PERSON}}


def attached(kind: str, **payload: Any) -> list[dict[str, Any]]:
    return [{"type": kind, "payload": payload}]


PLACE = attached("location", coordinates={"latitude": "21.1860000", "longitude": "106.0760000"})
LINK = attached("link", url="https://dichvucong.gov.vn")
SAID = [
    (incoming("user_send_text", text="làm khai sinh"), "làm khai sinh", False),
    (incoming("user_send_text", text="2"), "2", False),  # a tapped button
    (incoming("user_send_text", text="đúng rồi", quote_msg_id="m0"), "đúng rồi", False),
    (incoming("user_send_image", attachments=attached("image", url="u")), "", True),
    (incoming("user_send_image", text="giấy này là gì", attachments=attached("image", url="u")), "giấy này là gì", True),
    (incoming("user_send_gif", attachments=attached("gif", url="u")), "", True),
    (incoming("user_send_link", text="https://dichvucong.gov.vn", attachments=LINK), "https://dichvucong.gov.vn", True),
    (incoming("user_send_audio", attachments=attached("audio", url="u.amr")), "", True),
    (incoming("user_send_video", attachments=attached("video", url="u")), "", True),
    (incoming("user_send_file", attachments=attached("file", name="don.pdf", size="1")), "", True),
    (incoming("user_send_business_card", attachments=attached("link", description="0900")), "", True),
    (incoming("user_send_location", text="UBND phường Kinh Bắc", attachments=PLACE), "UBND phường Kinh Bắc", True),
    (incoming("user_send_sticker", attachments=attached("sticker", id="1")), "", False),
]


@pytest.mark.parametrize(("event", "text", "has_attachment"), SAID)
def test_what_a_citizen_sends_is_something_said(event: dict[str, Any], text: str, has_attachment: bool) -> None:
    assert read_event(event) == Happening("said", OA, PERSON, "m1", text, has_attachment)


def test_a_follower_is_known_by_account_and_time() -> None:
    event = {"event_name": "follow", "oa_id": OA, "follower": {"id": PERSON}, "app_id": "5", "timestamp": "17"}
    assert read_event(event) == Happening("followed", OA, PERSON, "follow-17")


@pytest.mark.parametrize("who", [{"oa_id": OA, "user_id": PERSON}, {"recipient": {"id": OA}, "sender": {"id": PERSON}}])
def test_a_withdrawal_is_understood_in_either_shape(who: dict[str, Any]) -> None:
    happening = read_event({"event_name": "user_withdraw", "timestamp": "17", **who})
    assert (happening.kind, happening.account, happening.person) == ("withdrew", OA, PERSON)


@pytest.mark.parametrize("what", ["text", "image", "gif", "list", "file", "sticker"])
def test_our_own_messages_come_back_as_echoes_and_those_of_staff_as_theirs(what: str) -> None:
    assert read_event(outgoing(f"oa_send_{what}")).kind == "echoed"
    staff = read_event(outgoing(f"oa_send_{what}", admin_id="99"))
    assert (staff.kind, staff.account, staff.person, staff.text) == ("staff_replied", OA, PERSON, "Mời bác sang bàn số 2")


@pytest.mark.parametrize(
    "name",
    [
        "user_seen_message",
        "user_received_message",
        "user_reacted_message",
        "oa_reacted_message",
        "user_click_chatnow",
        "user_submit_info",
        "unfollow",
        "add_user_to_tag",
        "remove_user_from_tag",
        "remove_tag",
        "update_user_info",
        "widget_interaction_accepted",
        "anonymous_send_text",
        "anonymous_send_image",
        "anonymous_send_file",
        "anonymous_send_sticker",
        "oa_send_anonymous_text",
    ],
)
def test_events_that_ask_nothing_of_us_are_ignored(name: str) -> None:
    assert read_event(incoming(name)).kind == "ignored"


@pytest.mark.parametrize("name", ["user_click_button", "user_call_ended", "create_group", ""])
def test_an_event_nobody_told_us_about_is_unknown(name: str) -> None:
    assert read_event(incoming(name)).kind == "unknown"


@pytest.mark.parametrize("missing", ["sender", "recipient"])
@pytest.mark.parametrize("instead", [None, "text", {}, [], {"id": None}])
def test_an_event_without_its_persons_is_ignored(missing: str, instead: Any) -> None:
    assert read_event({**incoming("user_send_text", text="a"), missing: instead}).kind == "ignored"


def test_an_account_does_not_talk_to_itself() -> None:
    assert read_event({**incoming("user_send_text", text="a"), "sender": {"id": OA}}).kind == "ignored"
