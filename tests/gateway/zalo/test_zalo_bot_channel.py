"""The way out through the Bot Platform, and the way in by polling."""

import asyncio
import json
import logging
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from gateway.database import Database
from gateway.outbox import Delivered, Delivery, TryLater, Undeliverable
from gateway.zalo.bot_api import BotApi
from gateway.zalo.bot_channel import BotChannel
from gateway.zalo.bot_polling import AFTER_FAULT, AFTER_REFUSAL, Polling
from gateway.zalo.brakes import PROBE_SECONDS, Brakes
from gateway.zalo.metrics import ZaloMetrics
from gateway.zalo.progress import Progress
from gateway.zalo.tables import create_tables
from tests.fake_zalo.world import FakeBot, World
from tests.gateway.zalo.bench import FAKE, Clock

TOKEN = "1459:mat-khau-cua-bot"
CHAT = "6f0000000000000000aa"


def answer(text: str, bot: str = "thu-nghiem") -> Delivery:
    return Delivery(1, "zalo_bot-1", "zalo_bot", {"bot": bot, "chat_id": CHAT}, {"text": text}, 0, datetime.now(UTC))


@pytest.fixture
def bot(world: World) -> FakeBot:
    return world.bot(TOKEN)


@pytest.fixture
def api(client: httpx.AsyncClient) -> BotApi:
    return BotApi(client, FAKE, TOKEN)


@pytest.fixture
def channel(api: BotApi, database: Database, clock: Clock, registry: Any) -> BotChannel:
    create_tables(database)
    return BotChannel({"thu-nghiem": api}, Progress(database), Brakes(ZaloMetrics(registry), clock))


async def test_an_answer_arrives_in_parts_in_order(channel: BotChannel, bot: FakeBot) -> None:
    long = "\n".join(f"{number}. Giấy tờ cần mang theo" for number in range(120))
    assert isinstance(await channel.deliver(answer(long)), Delivered)
    assert len(bot.sent) == 2
    assert "\n".join(sent["text"] for sent in bot.sent) == long
    assert {sent["chat_id"] for sent in bot.sent} == {CHAT}


REFUSALS = [
    (400, Undeliverable("zalo_bot_400", is_alarm=True)),
    (401, TryLater(PROBE_SECONDS, "zalo_bot_401")),
    (404, TryLater(PROBE_SECONDS, "zalo_bot_404")),
    (403, Undeliverable("zalo_bot_403")),
    (408, TryLater(None, "zalo_bot_408")),
    (429, TryLater(None, "zalo_bot_429")),
    (500, TryLater(None, "zalo_bot_500")),
]


@pytest.mark.parametrize(("code", "outcome"), REFUSALS)
@pytest.mark.parametrize("in_200", [False, True])
async def test_a_refusal_is_understood_as_a_status_and_in_a_200(
    channel: BotChannel, bot: FakeBot, code: int, outcome: object, in_200: bool
) -> None:
    bot.errors_in_200, bot.fails_with = in_200, [code]
    assert await channel.deliver(answer("a")) == outcome
    assert bot.sent == []


async def test_a_wrong_token_stops_the_bot_and_no_log_holds_the_token(
    channel: BotChannel, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await channel.deliver(answer("a")) == TryLater(PROBE_SECONDS, "zalo_bot_401")
    assert TOKEN not in caplog.text
    assert "stopped" in caplog.text


async def test_a_bot_taken_out_of_the_settings_is_an_alarm(channel: BotChannel) -> None:
    assert await channel.deliver(answer("a", bot="cu")) == Undeliverable("no_such_bot", is_alarm=True)


@pytest.mark.parametrize(
    "said",
    [httpx.Response(200, text="<html>"), httpx.Response(200, json=[1]), httpx.ConnectError("https://zalo.test/bot" + TOKEN)],
)
async def test_what_is_no_answer_of_zalo_is_tried_again_without_a_word_of_the_token(
    channel: BotChannel, said: httpx.Response | httpx.HTTPError, caplog: pytest.LogCaptureFixture
) -> None:
    def answering(_: httpx.Request) -> httpx.Response:
        if isinstance(said, Exception):
            raise said
        return said

    async with httpx.AsyncClient(transport=httpx.MockTransport(answering)) as client:
        channel._bots = {"thu-nghiem": BotApi(client, FAKE, TOKEN)}
        outcome = await channel.deliver(answer("a"))
    assert isinstance(outcome, TryLater)
    assert TOKEN not in outcome.reason + caplog.text


async def test_zalo_says_how_long_to_wait(channel: BotChannel) -> None:
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 7}}
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(429, json=body))) as client:
        channel._bots = {"thu-nghiem": BotApi(client, FAKE, TOKEN)}
        assert await channel.deliver(answer("a")) == TryLater(7.0, "zalo_bot_429")


class Heard:
    """Stands for the intake: keeps what it is given, or fails to."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.is_broken = False

    async def take(self, update: dict[str, Any], bot: str) -> None:
        if self.is_broken:
            raise OSError("disk full")
        self.updates.append(update)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def polling(api: BotApi, heard: Heard) -> Polling:
    return Polling("thu-nghiem", api, heard, asyncio.sleep)


async def test_polling_takes_one_message_after_the_other_and_an_empty_poll_is_none(
    polling: Polling, heard: Heard, bot: FakeBot
) -> None:
    for text in ("một", "hai"):
        bot.updates.put({"event_name": "message.text.received", "message": {"text": text}})
    assert [await polling.ask_once() for _ in range(3)] == [0.0, 0.0, 0.0]
    assert [update["message"]["text"] for update in heard.updates] == ["một", "hai"]


@pytest.mark.parametrize(
    ("code", "pause"), [(408, 0.0), (429, AFTER_FAULT), (502, AFTER_FAULT), (401, AFTER_REFUSAL), (409, AFTER_REFUSAL)]
)
@pytest.mark.parametrize("in_200", [False, True])
async def test_polling_pauses_after_a_refusal(polling: Polling, bot: FakeBot, code: int, pause: float, in_200: bool) -> None:
    bot.errors_in_200, bot.fails_with = in_200, [code]
    assert await polling.ask_once() == pause


async def test_polling_survives_a_message_that_cannot_be_stored(polling: Polling, heard: Heard, bot: FakeBot) -> None:
    heard.is_broken = True
    bot.updates.put({"event_name": "message.text.received", "message": {}})
    assert await polling.ask_once() == AFTER_FAULT


async def test_polling_goes_on_until_it_is_cancelled(api: BotApi, heard: Heard, bot: FakeBot) -> None:
    pauses: list[float] = []

    async def pausing(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise asyncio.CancelledError

    bot.fails_with = [502, 401]
    bot.updates.put({"event_name": "message.text.received", "message": {}})
    with pytest.raises(asyncio.CancelledError):
        await Polling("thu-nghiem", api, heard, pausing).run()
    assert pauses == [AFTER_FAULT, AFTER_REFUSAL]
    assert json.dumps(heard.updates) == "[]"
