"""A citizen asks for a person and a person answers, on the web and in Zalo, through the whole running assistant."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.__main__ import read_secrets
from tests.conversations.chat import Chat, attempts
from tests.fake_zalo.connected import ConnectedZalo
from tests.stack import Stack

BY = {"by": "lan"}


@pytest.fixture(scope="module")
def staff(stack: Stack) -> Iterator[httpx.Client]:
    token = read_secrets(Path(stack.environment["MOTCUA_VAR"]) / "secrets.env")["MOTCUA_STAFF_TOKEN"]
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{stack.url}/staff", headers=headers, timeout=60) as client:
        yield client


def waiting(staff: httpx.Client, channel: str, reason: str) -> dict[str, Any]:
    """The entry of the queue that has come in last."""
    for _ in attempts():
        found = [entry for entry in staff.get("/queue").json() if (entry["channel"], entry["reason"]) == (channel, reason)]
        if found:
            return found[-1]
    raise AssertionError("nobody waits")


def post(staff: httpx.Client, entry: dict[str, Any], action: str, **more: str) -> None:
    staff.post(f"/conversations/{entry['conversation']}/{action}", json={**BY, **more}).raise_for_status()


def test_a_person_sees_what_it_is_about_answers_and_gives_back(chat: Chat, staff: httpx.Client) -> None:
    chat.say("con tôi 3 tuổi chưa khai sinh, cần giấy tờ gì")
    chat.say("tôi ở phường Võ Cường")
    replies = chat.say("cho tôi gặp cán bộ")
    assert [reply["status"] for reply in replies] == ["handed_over", "handed_over"]
    entry = waiting(staff, "web", "asked")
    assert "khai sinh" in entry["summary"]["procedure"].lower() and entry["summary"]["place"] == "phường Võ Cường"
    post(staff, entry, "take")
    assert chat.say("thế mang sổ hộ khẩu không") == []
    post(staff, entry, "reply", id=uuid.uuid4().hex, text="Bác không cần mang sổ hộ khẩu ạ")
    turns = staff.get(f"/conversations/{entry['conversation']}").json()["turns"]
    assert [turn["who"] for turn in turns][-2:] == ["citizen", "staff"]
    post(staff, entry, "back")
    assert chat.say("lệ phí bao nhiêu")[0]["status"] == "answered_from_guide"


def test_a_citizen_in_zalo_reads_what_a_person_wrote(staff: httpx.Client, zalo: ConnectedZalo) -> None:
    person = "81000000000000071"
    read = zalo.world.next_message
    zalo.citizens.says(zalo.account, person, "cho gặp cán bộ")
    assert "Trung tâm Phục vụ hành chính công" in read(90)["text"]
    assert "đã báo người hỗ trợ" in read(90)["text"]
    entry = waiting(staff, "zalo_oa", "asked")
    post(staff, entry, "take")
    assert "trợ lý máy tạm dừng" in read(90)["text"]
    post(staff, entry, "reply", id=uuid.uuid4().hex, text="Chào bác, cháu là Lan ở Trung tâm")
    answered = read(90)
    assert (answered["user_id"], answered["text"]) == (person, "Chào bác, cháu là Lan ở Trung tâm")
    zalo.citizens.says(zalo.account, person, "gặp trợ lý")
    assert "trả lời tiếp từ đây" in read(90)["text"]
    assert entry["conversation"] not in [found["conversation"] for found in staff.get("/queue").json()]
    zalo.citizens.says(zalo.account, person, "đăng ký kết hôn cần giấy tờ gì")
    assert "Đăng ký kết hôn" in read(90)["text"]


def test_a_helped_session_answers_for_the_volunteers_place(staff: httpx.Client, client: httpx.Client) -> None:
    opened = staff.post("/helped", json={**BY, "place": "07210"}).json()
    sent = {"id": uuid.uuid4().hex, "text": "đăng ký kết hôn nộp ở đâu"}
    answer = client.post("/api/messages", json=sent, headers={"Authorization": f"Bearer {opened['token']}"})
    (reply,) = answer.json()["replies"]
    assert reply["status"] == "answered_from_guide"
    assert "phường Bắc Giang" in reply["text"]  # where the volunteer helps


def test_switched_off_it_says_so_and_on_again_it_answers(chat: Chat, staff: httpx.Client) -> None:
    try:
        staff.put("/switch", json={**BY, "is_off": True, "notice": "Trợ lý nghỉ một lát."}).raise_for_status()
        assert chat.say("khai sinh cần gì") == [{"text": "Trợ lý nghỉ một lát.", "status": "declined_switched_off"}]
    finally:
        staff.put("/switch", json={**BY, "is_off": False}).raise_for_status()
    assert chat.say("khai sinh cần gì")[0]["status"] in ("answered_from_guide", "asked_which_case")
