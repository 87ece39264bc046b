import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

import httpx
import pytest

from gateway.bot_client import BotClient
from gateway.database import MESSAGES, Database
from gateway.dispatcher import TURNS_AT_ONCE, Dispatcher
from gateway.inbox import Inbox, Message
from gateway.metrics import Metrics
from gateway.pauses import Pauses
from motcua.settings import Settings
from tests.fakes import FakeBot
from tests.gateway.conftest import running, until

TEXTS = {"failed_actions": "Trợ lý đang trục trặc.", "failed_internal": "Trợ lý chưa trả lời được."}


def _running(inbox: Inbox, bot: FakeBot, *, patience: float = 60.0) -> AbstractAsyncContextManager[Dispatcher]:
    return running(_dispatcher(inbox, bot, patience=patience))


def _dispatcher(inbox: Inbox, bot: FakeBot, *, patience: float = 60.0) -> Dispatcher:
    return Dispatcher(inbox, BotClient(bot.client()), TEXTS, Metrics(), patience=patience, first_pause=0.0)


def _accept(inbox: Inbox, *texts: str, conversation: str = "cuoc-1") -> list[Message]:
    return [inbox.accept(conversation, "web", f"{conversation}-{text}", text, None) for text in texts]


def _statuses(message: Message) -> list[str]:
    return [reply["status"] for reply in message.replies or ()]


async def _answered(inbox: Inbox, bot: FakeBot, *texts: str, patience: float = 60.0) -> list[Message]:
    messages = _accept(inbox, *texts)
    async with _running(inbox, bot, patience=patience) as dispatcher, asyncio.timeout(10):
        return [await dispatcher.submit(message) for message in messages]


async def test_an_answered_message_carries_its_replies_and_stays_answered(inbox: Inbox) -> None:
    (answered,) = await _answered(inbox, FakeBot(), "khai sinh")
    assert answered.replies == ({"text": "Đã nhận: khai sinh", "status": "smalltalk"},)
    assert inbox.find("cuoc-1", answered.external_id) == answered


async def test_one_conversation_is_answered_in_order_one_turn_at_a_time(inbox: Inbox) -> None:
    gate = asyncio.Event()
    bot = FakeBot(gate=gate)
    messages = _accept(inbox, "một", "hai", "ba", "bốn")
    async with _running(inbox, bot) as dispatcher:
        tasks = [dispatcher.submit(message) for message in messages]
        await until(lambda: bot.heard)
        assert inbox.claim("another process", 10) == []
        gate.set()
        await asyncio.gather(*tasks)
    assert [turn["text"] for turn in bot.heard] == ["một", "hai", "ba", "bốn"]


async def test_one_conversation_does_not_wait_for_another(inbox: Inbox) -> None:
    gate = asyncio.Event()
    bot = FakeBot(gate=gate)
    messages = [_accept(inbox, "khai sinh", conversation=name)[0] for name in ("cuoc-1", "cuoc-2")]
    async with _running(inbox, bot) as dispatcher:
        tasks = [dispatcher.submit(message) for message in messages]
        await until(lambda: len(bot.heard) == 2)
        gate.set()
        await asyncio.gather(*tasks)


async def test_a_message_submitted_twice_reaches_the_bot_once(inbox: Inbox) -> None:
    bot = FakeBot()
    (message,) = _accept(inbox, "khai sinh")
    async with _running(inbox, bot) as dispatcher:
        first, second = await asyncio.gather(dispatcher.submit(message), dispatcher.submit(message))
    assert first == second
    assert len(bot.heard) == 1


LOST: list[Sequence[int | Exception]] = [
    [503],
    [404, 503],
    [httpx.ConnectError("refused"), 503],
    [httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("gone")],
]


@pytest.mark.parametrize("failures", LOST)
async def test_a_bot_that_comes_back_answers_after_all(inbox: Inbox, failures: Sequence[int | Exception]) -> None:
    bot = FakeBot(failures=failures)
    (answered,) = await _answered(inbox, bot, "khai sinh")
    assert _statuses(answered) == ["smalltalk"]
    assert len(bot.heard) == len(failures) + 1
    assert len({turn["message"] for turn in bot.heard}) == 1, "the bot must recognise the turn"


async def test_a_bot_that_stays_away_is_apologised_for(inbox: Inbox) -> None:
    (answered,) = await _answered(inbox, FakeBot(failures=[503] * 99), "khai sinh", patience=0.0)
    assert answered.replies == ({"text": TEXTS["failed_internal"], "status": "failed_internal"},)


async def test_a_bot_whose_actions_stay_away_is_apologised_for_by_that_name(inbox: Inbox) -> None:
    class ActionlessBot(FakeBot):
        async def __call__(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(503, json={"error": "actions"})

    (answered,) = await _answered(inbox, ActionlessBot(), "khai sinh", patience=0.0)
    assert _statuses(answered) == ["failed_actions"]


async def test_patience_outlives_the_process(inbox: Inbox) -> None:
    _accept(inbox, "khai sinh")
    bot = FakeBot(failures=[503] * 99)
    async with _running(inbox, bot):
        await until(lambda: inbox.waiting()[0].first_tried_at)
    (answered,) = await _answered(inbox, FakeBot(failures=[503] * 99), "khai sinh", patience=0.0)
    assert answered.first_tried_at is not None
    assert _statuses(answered) == ["failed_internal"]


async def test_a_failed_turn_is_apologised_for_and_not_repeated(inbox: Inbox) -> None:
    bot = FakeBot(failures=[500])
    (answered,) = await _answered(inbox, bot, "khai sinh")
    assert _statuses(answered) == ["failed_internal"]
    assert len(bot.heard) == 1


async def test_a_silent_bot_is_apologised_for(inbox: Inbox) -> None:
    class SilentBot(FakeBot):
        async def __call__(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, json={"replies": []})

    (answered,) = await _answered(inbox, SilentBot(), "khai sinh")
    assert answered.replies == ({"text": TEXTS["failed_actions"], "status": "failed_actions"},)


async def test_a_failure_does_not_hold_up_the_next_message(inbox: Inbox) -> None:
    answered = await _answered(inbox, FakeBot(failures=[500]), "một", "hai")
    assert [_statuses(message) for message in answered] == [["failed_internal"], ["smalltalk"]]


async def test_the_log_tells_of_a_failure_and_not_what_was_typed(inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    (message,) = await _answered(inbox, FakeBot(failures=[500]), "bí mật của tôi")
    assert f"Message {message.id} " in caplog.text
    assert "bí mật" not in caplog.text


async def test_what_a_stopped_process_left_is_answered_by_the_next(inbox: Inbox, settings: Settings) -> None:
    _accept(inbox, "một", "hai")
    stuck = FakeBot(gate=asyncio.Event())
    async with _running(inbox, stuck):
        await until(lambda: stuck.heard)
    bot = FakeBot()
    revived = Inbox(Database(settings.database_url))
    async with _running(revived, bot):
        await until(lambda: not revived.waiting())
    assert [turn["text"] for turn in bot.heard] == ["một", "hai"]
    assert [_statuses(message) for message in revived.transcript("cuoc-1")] == [["smalltalk"], ["smalltalk"]]


async def test_what_a_killed_process_had_in_hand_is_answered_when_its_lease_ends(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.claims.LEASE_SECONDS", 0.0)
    _accept(inbox, "một")
    assert len(inbox.claim("killed", 10)) == 1
    (answered,) = await _answered(inbox, FakeBot(), "một")
    assert _statuses(answered) == ["smalltalk"]


async def test_a_reply_found_by_another_process_reaches_who_waits_here(inbox: Inbox) -> None:
    (message,) = _accept(inbox, "khai sinh")
    inbox.claim("another process", 10)
    async with _running(inbox, FakeBot()) as dispatcher, asyncio.timeout(10):
        task = dispatcher.submit(message)
        inbox.answer(message, [{"text": "từ nơi khác", "status": "smalltalk"}])
        assert (await task).replies == ({"text": "từ nơi khác", "status": "smalltalk"},)


async def test_who_asks_after_the_answer_is_told_without_looking(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.worker.POLL_SECONDS", 3600.0)
    (message,) = _accept(inbox, "khai sinh")
    async with _running(inbox, FakeBot()) as dispatcher, asyncio.timeout(10):
        answered = await dispatcher.submit(message)
        assert await dispatcher.submit(message) == answered


async def test_who_takes_the_place_of_an_erased_message_is_not_told_its_answer(inbox: Inbox, database: Database) -> None:
    (erased,) = _accept(inbox, "bí mật")
    bot = FakeBot()
    async with _running(inbox, bot) as dispatcher, asyncio.timeout(10):
        await dispatcher.submit(erased)
        database.write(lambda connection: connection.execute(MESSAGES.delete()))
        (message,) = _accept(inbox, "khai sinh", conversation="cuoc-2")
        assert message.id == erased.id, "SQLite gives a number again"
        answered = await dispatcher.submit(message)
    assert answered.replies == ({"text": "Đã nhận: khai sinh", "status": "smalltalk"},)


async def test_a_long_line_is_worked_through_without_looking_for_more(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.worker.POLL_SECONDS", 3600.0)
    bot, line = FakeBot(), range(4 * TURNS_AT_ONCE)
    messages = [one for name in line for one in _accept(inbox, "một", "hai", "ba", conversation=f"cuoc-{name}")]
    async with _running(inbox, bot), asyncio.timeout(10):
        await until(lambda: not inbox.waiting())
    assert len(bot.heard) == len(messages)


async def test_two_processes_share_the_work_and_hand_over_each_message_once(inbox: Inbox, settings: Settings) -> None:
    bots = [FakeBot(), FakeBot()]
    for number in range(20):
        _accept(inbox, *(f"{number}-{turn}" for turn in range(5)), conversation=f"cuoc-{number}")
    async with AsyncExitStack() as stack:
        for bot in bots:
            await stack.enter_async_context(_running(Inbox(Database(settings.database_url)), bot))
        await until(lambda: not inbox.waiting())
    heard: list[dict[str, Any]] = [turn for bot in bots for turn in bot.heard]
    assert len({turn["message"] for turn in heard}) == len(heard) == 100


async def test_the_bot_does_not_hear_what_is_said_while_a_person_writes(inbox: Inbox, database: Database) -> None:
    pauses, bot = Pauses(database), FakeBot()
    pauses.pause("cuoc-1", 4e9, "can-bo-1")
    _accept(inbox, "gặp cán bộ ạ")
    pauses.resume("cuoc-1")
    (answered,) = await _answered(inbox, bot, "cảm ơn")
    assert [turn["text"] for turn in bot.heard] == ["cảm ơn"]
    assert [message.state for message in inbox.transcript("cuoc-1")] == ["for_staff", "answered"]
    assert _statuses(answered) == ["smalltalk"]
