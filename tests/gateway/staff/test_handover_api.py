"""A citizen asks for a person; staff see it, take it, write, give it back. Through the API that the console uses."""

from typing import Any

import httpx
import pytest

from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway
from tests.gateway.staff.conftest import STAFF, say

SUMMARY = {"procedure": "Đăng ký khai sinh", "section": "papers", "facts": ["bị mất"], "place": "phường Bắc Giang"}
HANDS_OVER = {
    "text": "Anh/Chị gặp cán bộ tại Trung tâm.",
    "status": "handed_over",
    "handover": {"reason": "asked", "place": "07210", "summary": SUMMARY},
}


async def queue(client: httpx.AsyncClient, **of: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get("/staff/queue", params=of, headers=STAFF)).json()
    return found


async def post(client: httpx.AsyncClient, name: str, action: str, by: str = "lan", **more: str) -> httpx.Response:
    return await client.post(f"/staff/conversations/{name}/{action}", json={"by": by, **more}, headers=STAFF)


async def turns(client: httpx.AsyncClient, name: str) -> list[tuple[str, str]]:
    found = (await client.get(f"/staff/conversations/{name}", headers=STAFF)).json()["turns"]
    return [(turn["who"], turn["text"]) for turn in found]


async def test_who_asks_for_a_person_is_in_the_queue_and_told_so(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        said = await say(client, "cho tôi gặp cán bộ")
        (entry,) = await queue(client)
        assert await queue(client, place="07210") == [entry]
        assert await queue(client, place="07735") == []
    assert [reply["status"] for reply in said["replies"]] == ["handed_over", "handed_over"]
    assert "Anh/Chị là người tiếp theo" in said["replies"][1]["text"]
    assert "chưa xác nhận" in said["replies"][1]["text"]
    assert "handover" not in said["replies"][0]
    assert {name: entry[name] for name in ("channel", "place", "reason", "state", "by", "summary")} == {
        "channel": "web", "place": "07210", "reason": "asked", "state": "waiting", "by": "", "summary": SUMMARY,
    }  # fmt: skip


async def test_the_second_is_told_how_many_wait_before(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        first = await say(client, "gặp cán bộ")
        second = await say(client, "gặp cán bộ")
        again = await say(client, "gặp cán bộ", 2, first["token"])
        assert len(await queue(client)) == 2
    assert "Trước Anh/Chị còn 1 người" in second["replies"][1]["text"]
    assert "người tiếp theo" in again["replies"][1]["text"]


async def test_a_person_takes_over_writes_and_gives_back(open_gateway: OpenGateway) -> None:
    bot = FakeBot(HANDS_OVER)
    async with open_gateway(bot) as client:
        said = await say(client, "gặp cán bộ")
        name = (await queue(client))[0]["conversation"]
        assert (await post(client, name, "take")).status_code == 200
        told = await say(client, "căn cước của tôi là 001099012345", 2, said["token"])
        heard = len(bot.heard)
        assert (
            await post(client, name, "reply", id="loi-cua-lan", text="Chào bác, bác gọi 0222 3822 000 nhé")
        ).status_code == 200
        assert (
            await post(client, name, "reply", id="loi-cua-lan", text="Chào bác, bác gọi 0222 3822 000 nhé")
        ).status_code == 200
        assert (await queue(client))[0]["state"] == "taken"
        assert (await post(client, name, "back")).status_code == 200
        assert (await post(client, name, "back")).status_code == 200
        read = await turns(client, name)
        assert await queue(client) == []
        await say(client, "khai sinh", 3, said["token"])
        page = await client.get("/api/conversation", headers={"Authorization": f"Bearer {said['token']}"})
    assert told["state"] == "for_staff" and heard == 1
    assert [turn["text"] for turn in bot.heard] == ["gặp cán bộ", "khai sinh"]
    assert [who for who, _ in read] == ["citizen", "assistant", "assistant", "assistant", "citizen", "staff", "assistant"]
    assert read[4] == ("citizen", "căn cước của tôi là [số định danh]")
    assert read[5] == ("staff", "Chào bác, bác gọi 0222 3822 000 nhé")
    assert "trả lời tiếp từ đây" in read[6][1]
    assert page.json()["html"].count("0222 3822 000") == 1
    assert "Người hỗ trợ</h2>" in page.json()["html"]


async def test_another_cannot_take_write_or_give_back_what_is_taken(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        await say(client, "gặp cán bộ")
        name = (await queue(client))[0]["conversation"]
        assert (await post(client, name, "reply", id="chua-nhan-1", text="Chào bác")).status_code == 409
        await post(client, name, "take")
        for action, more in (("take", {}), ("reply", {"id": "loi-cua-minh", "text": "Chào"}), ("back", {}), ("done", {})):
            refused = await post(client, name, action, by="minh", **more)
            assert (refused.status_code, refused.json()) == (409, {"by": "lan"})
        assert (await post(client, name, "take")).status_code == 200
        assert len([who for who, _ in await turns(client, name) if who == "staff"]) == 0


async def test_a_citizen_calls_the_assistant_back(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        said = await say(client, "gặp cán bộ")
        name = (await queue(client))[0]["conversation"]
        await post(client, name, "take")
        back = await say(client, "Gap tro ly ạ", 2, said["token"])
        assert await queue(client) == []
        assert (await say(client, "khai sinh", 3, said["token"]))["state"] == "answered"
    assert "trả lời tiếp từ đây" in back["replies"][0]["text"]


async def test_staff_never_see_a_number_that_was_typed(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        await say(client, "gọi cho tôi số 0912345678, căn cước 001099012345")
        (entry,) = await queue(client)
        whole = await client.get(f"/staff/conversations/{entry['conversation']}", headers=STAFF)
    assert "0912345678" not in whole.text and "001099012345" not in whole.text


async def test_an_erased_conversation_leaves_the_queue(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        said = await say(client, "gặp cán bộ")
        await client.delete("/api/conversation", headers={"Authorization": f"Bearer {said['token']}"})
        assert await queue(client) == []


@pytest.mark.parametrize("action", ["take", "reply", "back", "done", "phone"])
async def test_a_conversation_nobody_was_asked_into_is_not_found(open_gateway: OpenGateway, action: str) -> None:
    async with open_gateway(FakeBot()) as client:
        await say(client, "khai sinh")
        assert (await post(client, "mot-cuoc-nao-do", action, id="mot-loi-nao", text="Chào")).status_code == 404
        assert (await client.get("/staff/conversations/mot-cuoc-nao-do", headers=STAFF)).status_code == 404


@pytest.mark.parametrize("wrong", [{"text": ""}, {"text": "x" * 2001}, {"id": "ngan"}, {"by": ""}])
async def test_a_malformed_reply_is_refused(open_gateway: OpenGateway, wrong: dict[str, str]) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        await say(client, "gặp cán bộ")
        name = (await queue(client))[0]["conversation"]
        written = {"by": "lan", "id": "loi-cua-lan", "text": "Chào bác", **wrong}
        refused = await client.post(f"/staff/conversations/{name}/reply", json=written, headers=STAFF)
    assert refused.status_code == 422


async def test_a_helped_session_is_used_like_a_conversation(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        opened = await client.post("/staff/helped", json={"by": "hoa", "place": "07210"}, headers=STAFF)
        said = await say(client, "khai sinh", token=opened.json()["token"])
    assert opened.status_code == 201
    assert said["state"] == "answered"
    assert bot.heard[0]["conversation"] == opened.json()["conversation"]
    assert bot.heard[0]["metadata"].items() >= {"channel": "web", "place": "07210"}.items()


async def test_a_helped_session_is_read_by_staff_with_what_was_offered(open_gateway: OpenGateway) -> None:
    offers = {"text": "Việc nào?", "status": "asked_which_procedure", "offered": [{"code": "1.001193", "title": "Khai sinh"}]}
    async with open_gateway(FakeBot(offers)) as client:
        opened = (await client.post("/staff/helped", json={"by": "hoa"}, headers=STAFF)).json()
        await say(client, "giấy tờ", token=opened["token"])
        turns = (await client.get(f"/staff/helped/{opened['conversation']}", headers=STAFF)).json()
        assert [turn["who"] for turn in turns] == ["citizen", "assistant"]
        assert turns[1]["offered"] == offers["offered"]
        await client.delete("/api/conversation", headers={"Authorization": f"Bearer {opened['token']}"})
        assert (await client.get(f"/staff/helped/{opened['conversation']}", headers=STAFF)).status_code == 404


async def test_a_conversation_of_a_citizen_is_no_helped_session(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        await say(client, "gặp cán bộ")
        name = (await queue(client))[0]["conversation"]
        assert (await client.get(f"/staff/helped/{name}", headers=STAFF)).status_code == 404
