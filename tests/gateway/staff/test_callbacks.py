"""Nobody is there: the citizen may leave a number, which is kept sealed, shown to who calls, and deleted."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from gateway.database import clock
from gateway.staff.watch import DAY
from motcua.settings import Settings
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway
from tests.gateway.staff.conftest import STAFF, say
from tests.gateway.staff.test_handover_api import HANDS_OVER, post, queue, turns

NEVER_OPEN = (
    "shifts: [{who: officers, days: [mon], begins: '00:00', ends: '00:01', source: {url: lịch trực, as_of: '2026-11'}}]"
)
PHONE = "0912.345.678"


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """Somebody is on duty for one minute a week, so almost never; should it be now, the tests ask a minute later."""
    knowledge = tmp_path / "knowledge_base"
    knowledge.mkdir()
    for path in settings.knowledge_base.iterdir():
        if path.name != "duty.yml":
            (knowledge / path.name).symlink_to(path)
    (knowledge / "duty.yml").write_text(NEVER_OPEN, "utf-8")
    return replace(settings, knowledge_base=knowledge)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.places.duty.Shift.holds", lambda *_: False)


async def leave_phone(client: httpx.AsyncClient, text: str = f"số của tôi {PHONE}") -> tuple[str, dict]:
    said = await say(client, "gặp cán bộ")
    left = await say(client, text, 2, said["token"])
    return said["token"], left


async def test_out_of_hours_a_call_is_offered_with_its_terms(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        said = await say(client, "gặp cán bộ")
    words = said["replies"][1]["text"]
    assert "ngoài giờ" in words and "thứ Hai, 00:00–00:01" in words
    assert "gọi xong là xóa" in words and "7 ngày" in words and "không cần" in words


async def test_a_number_left_is_sealed_and_shown_only_to_who_calls(open_gateway: OpenGateway, settings: Settings) -> None:
    bot = FakeBot(HANDS_OVER)
    async with open_gateway(bot) as client:
        _, left = await leave_phone(client)
        (entry,) = await queue(client)
        name = entry["conversation"]
        refused = await post(client, name, "phone")
        await post(client, name, "take")
        shown = await post(client, name, "phone")
        other = await post(client, name, "phone", by="minh")
        whole = await client.get(f"/staff/conversations/{name}", headers=STAFF)
    assert entry["state"] == "callback"
    assert "hai số cuối là 78" in left["replies"][0]["text"]
    assert (refused.status_code, other.status_code) == (409, 409)
    assert shown.json() == {"phone": PHONE}
    assert PHONE not in whole.text
    assert [turn["text"] for turn in bot.heard] == ["gặp cán bộ"]
    assert not any(
        digits in path.read_bytes() for path in settings.var.rglob("*") if path.is_file() for digits in (b"345.678", b"345678")
    )


async def test_once_called_the_number_is_deleted_and_the_citizen_told(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        await leave_phone(client)
        name = (await queue(client))[0]["conversation"]
        await post(client, name, "take")
        assert (await post(client, name, "done")).status_code == 200
        assert (await post(client, name, "done")).status_code == 200
        gone = await post(client, name, "phone")
        assert await queue(client) == []
        told = await turns(client, name)
    assert gone.status_code == 404
    assert "đã được xóa" in told[-1][1]


async def test_a_wrong_number_is_corrected_and_a_change_of_mind_deletes_it(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        token, _ = await leave_phone(client)
        corrected = await say(client, "0987654321", 3, token)
        deleted = await say(client, "Xoa so", 4, token)
        assert await queue(client) == []
    assert "hai số cuối là 21" in corrected["replies"][0]["text"]
    assert "Đã xóa số" in deleted["replies"][0]["text"]


@pytest.mark.parametrize(
    "said, told", [("không cần ạ", "không ghi số nào"), ("thôi", "không ghi số nào"), ("0912 345", "chưa đủ")]
)
async def test_no_number_or_half_of_one_is_answered_by_the_counter(open_gateway: OpenGateway, said: str, told: str) -> None:
    bot = FakeBot(HANDS_OVER)
    async with open_gateway(bot) as client:
        _, left = await leave_phone(client, said)
    assert told in left["replies"][0]["text"]
    assert len(bot.heard) == 1


async def test_a_question_instead_of_a_number_goes_to_the_assistant(open_gateway: OpenGateway) -> None:
    bot = FakeBot({"text": "Miễn phí.", "status": "answered_from_guide"})
    async with open_gateway(bot) as client:
        await leave_phone(client, "thế lệ phí bao nhiêu")
    assert bot.heard[-1]["text"] == "thế lệ phí bao nhiêu"


async def test_a_no_to_the_assistants_question_is_not_taken_for_a_refusal(open_gateway: OpenGateway) -> None:
    bot = FakeBot(HANDS_OVER)
    async with open_gateway(bot) as client:
        said = await say(client, "gặp cán bộ")
        bot._replies = [{"text": "Anh/Chị ở Võ Cường phải không?", "status": "asked_for_detail"}]
        await say(client, "võ cường", 2, said["token"])
        await say(client, "không", 3, said["token"])
        assert len(await queue(client)) == 1
    assert bot.heard[-1]["text"] == "không"


async def test_a_number_nobody_calls_is_deleted_after_a_week(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        await leave_phone(client)
        name = (await queue(client))[0]["conversation"]
        watch = client._transport.app.state.watch
        await watch.look(clock() + 6.9 * DAY)
        assert len(await queue(client)) == 1
        await watch.look(clock() + 7.1 * DAY)
        assert await queue(client) == []
        found = client._transport.app.state.counter.handovers.find(name)
    assert found is None or found.phone is None
