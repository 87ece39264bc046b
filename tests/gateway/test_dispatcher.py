import asyncio
from collections.abc import Sequence

import httpx
import pytest

from gateway.bot_client import BotClient
from gateway.dispatcher import Dispatcher
from gateway.inbox import Inbox, Message
from motcua.settings import Settings
from tests.fakes import FakeBot

TEXTS = {"failed_actions": "Trợ lý đang trục trặc.", "failed_internal": "Trợ lý chưa trả lời được."}


def _dispatcher(inbox: Inbox, bot: FakeBot) -> Dispatcher:
    return Dispatcher(inbox, BotClient(bot.client()), TEXTS, retry_seconds=(0.0, 0.0))


def _accept(inbox: Inbox, *texts: str, conversation: str = "cuoc-1") -> list[Message]:
    return [inbox.accept(conversation, "web", f"{conversation}-{text}", text, None) for text in texts]


def _statuses(message: Message) -> list[str]:
    return [reply["status"] for reply in message.replies or ()]


async def test_an_answered_message_carries_its_replies_and_stays_answered(inbox: Inbox) -> None:
    (message,) = _accept(inbox, "khai sinh")
    answered = await _dispatcher(inbox, FakeBot()).submit(message)
    assert answered.replies == ({"text": "Đã nhận: khai sinh", "status": "smalltalk"},)
    assert inbox.find("cuoc-1", message.external_id) == answered


async def test_one_conversation_is_answered_in_order_one_turn_at_a_time(inbox: Inbox) -> None:
    gate = asyncio.Event()
    bot = FakeBot(gate=gate)
    dispatcher = _dispatcher(inbox, bot)
    tasks = [dispatcher.submit(message) for message in _accept(inbox, "một", "hai", "ba", "bốn")]
    await _until(lambda: bot.heard)
    assert [turn["text"] for turn in bot.heard] == ["một"]
    gate.set()
    await asyncio.gather(*tasks)
    assert [turn["text"] for turn in bot.heard] == ["một", "hai", "ba", "bốn"]


async def test_one_conversation_does_not_wait_for_another(inbox: Inbox) -> None:
    gate = asyncio.Event()
    bot = FakeBot(gate=gate)
    dispatcher = _dispatcher(inbox, bot)
    messages = [_accept(inbox, "khai sinh", conversation=name)[0] for name in ("cuoc-1", "cuoc-2")]
    tasks = [dispatcher.submit(message) for message in messages]
    await _until(lambda: len(bot.heard) == 2)
    gate.set()
    await asyncio.gather(*tasks)


async def test_a_message_submitted_twice_reaches_the_bot_once(inbox: Inbox) -> None:
    bot = FakeBot()
    dispatcher = _dispatcher(inbox, bot)
    (message,) = _accept(inbox, "khai sinh")
    first, second = await asyncio.gather(dispatcher.submit(message), dispatcher.submit(message))
    assert first == second
    assert len(bot.heard) == 1


@pytest.mark.parametrize("failures", [[503], [404, 503], [httpx.ConnectError("refused"), 503]])
async def test_a_bot_that_comes_back_answers_after_all(inbox: Inbox, failures: Sequence[int | Exception]) -> None:
    bot = FakeBot(failures=failures)
    answered = await _dispatcher(inbox, bot).submit(_accept(inbox, "khai sinh")[0])
    assert _statuses(answered) == ["smalltalk"]
    assert len(bot.heard) == len(failures) + 1


async def test_a_bot_that_stays_away_is_apologised_for(inbox: Inbox) -> None:
    answered = await _dispatcher(inbox, FakeBot(failures=[503] * 9)).submit(_accept(inbox, "khai sinh")[0])
    assert answered.replies == ({"text": TEXTS["failed_internal"], "status": "failed_internal"},)


async def test_a_failed_turn_is_apologised_for_and_not_repeated(inbox: Inbox) -> None:
    bot = FakeBot(failures=[500])
    answered = await _dispatcher(inbox, bot).submit(_accept(inbox, "khai sinh")[0])
    assert _statuses(answered) == ["failed_internal"]
    assert len(bot.heard) == 1


async def test_a_silent_bot_is_apologised_for(inbox: Inbox) -> None:
    class SilentBot(FakeBot):
        async def __call__(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, json={"replies": []})

    answered = await _dispatcher(inbox, SilentBot()).submit(_accept(inbox, "khai sinh")[0])
    assert answered.replies == ({"text": TEXTS["failed_actions"], "status": "failed_actions"},)


async def test_a_failure_does_not_hold_up_the_next_message(inbox: Inbox) -> None:
    dispatcher = _dispatcher(inbox, FakeBot(failures=[500]))
    tasks = [dispatcher.submit(message) for message in _accept(inbox, "một", "hai")]
    assert [_statuses(message) for message in await asyncio.gather(*tasks)] == [["failed_internal"], ["smalltalk"]]


async def test_the_log_tells_of_a_failure_and_not_what_was_typed(inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    (message,) = _accept(inbox, "bí mật của tôi")
    await _dispatcher(inbox, FakeBot(failures=[500])).submit(message)
    assert f"Message {message.id} " in caplog.text
    assert "bí mật" not in caplog.text


async def test_what_a_dead_process_left_is_answered_by_the_next(inbox: Inbox, settings: Settings) -> None:
    first = _dispatcher(inbox, FakeBot(gate=asyncio.Event()))
    for message in _accept(inbox, "một", "hai"):
        first.submit(message)
    await first.close()
    bot = FakeBot()
    revived = Inbox(settings.inbox_url)
    second = _dispatcher(revived, bot)
    await second.resume()
    await _until(lambda: not revived.waiting())
    assert [turn["text"] for turn in bot.heard] == ["một", "hai"]
    assert [_statuses(message) for message in revived.transcript("cuoc-1")] == [["smalltalk"], ["smalltalk"]]


async def _until(happened) -> None:
    async with asyncio.timeout(5):
        while not happened():
            await asyncio.sleep(0)
