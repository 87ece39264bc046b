"""What happens by itself: a call offered to who waits too long, a conversation left alone given back, sessions erased."""

import httpx
import pytest

from gateway.database import clock
from gateway.staff.watch import DAY, Watch
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway, until
from tests.gateway.staff.conftest import STAFF, say
from tests.gateway.staff.test_handover_api import HANDS_OVER, post, queue, turns

MINUTE = 60.0


def watch(client: httpx.AsyncClient) -> Watch:
    found: Watch = client._transport.app.state.watch
    return found


async def test_who_waits_too_long_is_offered_a_call_once(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        said = await say(client, "gặp cán bộ")
        name = (await queue(client))[0]["conversation"]
        for minutes in (9, 11, 12):
            await watch(client).look(clock() + minutes * MINUTE)
        told = [text for who, text in await turns(client, name) if "chưa có người hỗ trợ nào rảnh" in text]
        assert (await queue(client))[0]["state"] == "waiting"
        left = await say(client, "0912345678", 2, said["token"])
        assert (await queue(client))[0]["state"] == "callback"
    assert len(told) == 1 and "nhắn số điện thoại" in told[0]
    assert "hai số cuối là 78" in left["replies"][0]["text"]


async def test_who_is_taken_is_offered_no_call(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        await say(client, "gặp cán bộ")
        name = (await queue(client))[0]["conversation"]
        await post(client, name, "take")
        await watch(client).look(clock() + 11 * MINUTE)
        assert not any("nhắn số điện thoại" in text for _, text in await turns(client, name))


async def test_a_conversation_left_alone_goes_back_to_the_assistant(open_gateway: OpenGateway) -> None:
    bot = FakeBot(HANDS_OVER)
    async with open_gateway(bot) as client:
        said = await say(client, "gặp cán bộ")
        name = (await queue(client))[0]["conversation"]
        await post(client, name, "take")
        await watch(client).look(clock() + 29 * MINUTE)
        assert (await queue(client))[0]["state"] == "taken"
        await watch(client).look(clock() + 31 * MINUTE)
        assert await queue(client) == []
        assert "trả lời tiếp từ đây" in (await turns(client, name))[-1][1]
        assert (await say(client, "khai sinh", 2, said["token"]))["state"] == "answered"


async def test_who_never_came_back_leaves_the_queue(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        await say(client, "gặp cán bộ")
        await watch(client).look(clock() + 3 * DAY)
        assert await queue(client) == []


async def test_a_helped_session_is_erased_after_four_hours(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        opened = (await client.post("/staff/helped", json={"by": "hoa", "place": None}, headers=STAFF)).json()
        await say(client, "khai sinh", token=opened["token"])
        inbox = client._transport.app.state.inbox
        await watch(client).look(clock() + 239 * MINUTE)
        assert inbox.transcript(opened["conversation"])
        await watch(client).look(clock() + 241 * MINUTE)
        assert not inbox.transcript(opened["conversation"])


async def test_watch_is_kept_while_the_gateway_runs(open_gateway: OpenGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[float] = []

    async def note(_: Watch, moment: float) -> None:
        made.append(moment)
        raise ConnectionError

    monkeypatch.setattr(Watch, "look", note)
    monkeypatch.setattr("gateway.app.LOOK_SECONDS", 0.001)
    async with open_gateway(FakeBot()):
        await until(lambda: len(made) > 2)
