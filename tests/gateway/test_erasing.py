"""A person's conversation is deleted here at once, and in the bot as soon as it can be reached."""

import httpx

from gateway.bot_client import BotClient
from gateway.database import Database
from gateway.erasing import Eraser
from gateway.inbox import Inbox
from gateway.outbox import Outbox
from gateway.pauses import Pauses
from tests.gateway.conftest import running, until


class ForgetfulBot:
    """The bot's channel: keeps what it was asked to forget, once it is up."""

    def __init__(self, *failures: int) -> None:
        self.forgotten: list[str] = []
        self._failures = list(failures)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.method == "DELETE"
        if self._failures:
            return httpx.Response(self._failures.pop(0))
        self.forgotten.append(request.url.path)
        return httpx.Response(200, json={"replies": []})

    def client(self) -> BotClient:
        return BotClient(httpx.AsyncClient(transport=httpx.MockTransport(self), base_url="http://bot"))


def _fill(database: Database) -> tuple[Inbox, Outbox]:
    inbox, outbox = Inbox(database), Outbox(database)
    for conversation in ("cuoc-1", "cuoc-2"):
        message = inbox.accept(conversation, "zalo_oa", "id-1", "khai sinh", None, address={"user_id": "1"})
        inbox.answer(message, [{"text": "Đăng ký khai sinh", "status": "answered_from_guide"}])
        inbox.accept(conversation, "zalo_oa", "id-2", "lệ phí", None, address={"user_id": "1"})
        Pauses(database).pause(conversation, 4e9, "can-bo-1")
    return inbox, outbox


async def test_nothing_of_the_conversation_is_left_and_others_are_untouched(database: Database) -> None:
    (inbox, outbox), bot = _fill(database), ForgetfulBot()
    async with running(Eraser(database, bot.client())) as eraser:
        await eraser.erase("cuoc-1")
        await until(lambda: not eraser.pending())
    assert bot.forgotten == ["/conversations/cuoc-1"]
    assert inbox.transcript("cuoc-1") == []
    assert [delivery.conversation for delivery in outbox.claim("me", 9, ["zalo_oa"])] == ["cuoc-2"]
    assert not Pauses(database).is_paused("cuoc-1")
    assert Pauses(database).is_paused("cuoc-2")
    assert len(inbox.transcript("cuoc-2")) == 2


async def test_a_bot_that_is_down_forgets_when_it_is_back_even_after_a_restart(database: Database) -> None:
    _fill(database)
    async with running(Eraser(database, ForgetfulBot(503, 503).client())) as eraser:
        await eraser.erase("cuoc-1")
    assert eraser.pending() == ["cuoc-1"]
    bot = ForgetfulBot()
    async with running(Eraser(database, bot.client())) as next_eraser:
        await until(lambda: not next_eraser.pending())
    assert bot.forgotten == ["/conversations/cuoc-1"]


async def test_erasing_twice_is_erasing_once(database: Database) -> None:
    _fill(database)
    async with running(Eraser(database, ForgetfulBot(503, 503).client())) as eraser:
        await eraser.erase("cuoc-1")
        await eraser.erase("cuoc-1")
    assert eraser.pending() == ["cuoc-1"]


async def test_a_reply_that_comes_after_the_erasure_is_kept_nowhere(database: Database) -> None:
    inbox, outbox = _fill(database)
    Pauses(database).resume("cuoc-2")
    message = inbox.accept("cuoc-2", "zalo_oa", "id-3", "lệ phí", None, address={"user_id": "1"})
    await Eraser(database, ForgetfulBot().client()).erase("cuoc-2")
    assert not inbox.answer(message, [{"text": "Miễn phí", "status": "answered_from_guide"}])
    assert [delivery.conversation for delivery in outbox.claim("me", 9, ["zalo_oa"])] == ["cuoc-1"]
