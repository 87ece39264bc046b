"""Staff replay words in a conversation that leaves nothing behind, and erase one for its citizen."""

import httpx
import pytest

from motcua.conversations.turns import REPLAYED
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway, until
from tests.gateway.staff.conftest import STAFF, say

ANSWER = {
    "text": "Đăng ký khai sinh", "status": "answered_from_guide", "procedures": ["1.001193"], "sections": ["papers"],
    "trace": {"rankings": [{"ms": 1.0, "none": 0.1, "candidates": [{"code": "1.001193", "chance": 0.9}]}]},
}  # fmt: skip


class RememberingBot(FakeBot):
    """Also takes requests to forget."""

    def __init__(self, *replies: dict) -> None:
        super().__init__(*replies)
        self.forgotten: list[str] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "DELETE":
            self.forgotten.append(request.url.path.rsplit("/", 1)[-1])
            return httpx.Response(200, json={"replies": []})
        return await super().__call__(request)


async def test_a_replay_tells_what_is_answered_and_why_and_is_forgotten(open_gateway: OpenGateway) -> None:
    bot = RememberingBot(ANSWER)
    async with open_gateway(bot) as client:
        asked = {"by": "lan", "turns": ["khai sinh cần gì", "lệ phí"]}
        told = (await client.post("/staff/replay", json=asked, headers=STAFF)).json()["turns"]
        await until(lambda: bot.forgotten)
    assert [turn["text"] for turn in bot.heard] == asked["turns"]
    (conversation,) = {turn["conversation"] for turn in bot.heard}
    assert conversation.startswith(REPLAYED)
    assert bot.forgotten == [conversation]
    assert [(turn["status"], turn["procedures"], turn["sections"]) for turn in told] == [
        ("answered_from_guide", ["1.001193"], ["papers"])
    ] * 2
    assert told[0]["rankings"] == ANSWER["trace"]["rankings"]


async def test_what_a_citizen_gets_has_no_trace(open_gateway: OpenGateway) -> None:
    async with open_gateway(RememberingBot(ANSWER)) as client:
        said = await say(client, "khai sinh cần gì")
    assert "trace" not in said["replies"][0]


async def test_a_bot_that_is_away_is_said_so(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(failures=[503])) as client:
        asked = {"by": "lan", "turns": ["khai sinh"]}
        assert (await client.post("/staff/replay", json=asked, headers=STAFF)).status_code == 503


@pytest.mark.parametrize("turns", [[], ["a"] * 21, [""], ["a" * 2001]])
async def test_too_much_or_nothing_is_not_replayed(open_gateway: OpenGateway, turns: list[str]) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        asked = await client.post("/staff/replay", json={"by": "lan", "turns": turns}, headers=STAFF)
    assert asked.status_code == 422
    assert bot.heard == []


async def test_a_conversation_is_erased_for_its_citizen(open_gateway: OpenGateway) -> None:
    bot = RememberingBot()
    async with open_gateway(bot) as client:
        said = await say(client, "khai sinh cần gì")
        (heard,) = bot.heard
        path = f"/staff/conversations/{heard['conversation']}"
        assert (await client.delete(path)).status_code == 401
        assert (await client.delete(path, headers=STAFF)).status_code == 200
        token = {"Authorization": f"Bearer {said['token']}"}
        assert (await client.get(f"/api/messages/{said['id']}", headers=token)).status_code == 404
