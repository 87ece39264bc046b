"""From inbox to bot and back: one message at a time per conversation, in order, each answered whatever happens."""

import asyncio
import logging
import os
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from gateway.bot_client import BotClient, BotFailed, BotUnavailable
from gateway.database import clock
from gateway.inbox import MAX_PAUSE, Inbox, Message, Reply
from gateway.metrics import Metrics
from gateway.outbox import reply
from gateway.worker import Worker
from motcua.spans import message_span

logger = logging.getLogger(__name__)

TURNS_AT_ONCE = 2 * (os.cpu_count() or 2)  # keeps all cores busy; more would share them, and all would be late


@dataclass(frozen=True)
class Due:
    """A message to be answered now; the notice to answer with while the assistant is off; the place of a helped session."""

    message: Message
    notice: str
    place: str | None

    @property
    def id(self) -> int:
        """The message's id."""
        return self.message.id

    @property
    def conversation(self) -> str:
        """The message's conversation."""
        return self.message.conversation


class Dispatcher:
    """Answers accepted messages; a message that finds no answer gets a sentence that says so."""

    def __init__(
        self,
        inbox: Inbox,
        bot: BotClient,
        texts: Mapping[str, str],
        metrics: Metrics,
        *,
        notice: Callable[[], str] = lambda: "",
        place_of: Callable[[str], str | None] = lambda _: None,
        on_replies: Callable[[Message, list[Reply]], Awaitable[list[Reply]]] | None = None,
        on_answered: Callable[[], None] = lambda: None,
        patience: float,
        first_pause: float = 0.25,
    ) -> None:
        self._inbox, self._bot, self._texts, self._metrics = inbox, bot, texts, metrics
        self._notice, self._on_replies, self._on_answered = notice, on_replies, on_answered
        self._place_of = place_of
        self._patience, self._first_pause = patience, first_pause
        self._waiters: dict[int, set[asyncio.Future[Message | None]]] = defaultdict(set)
        self._recent: deque[Message] = deque(maxlen=8 * TURNS_AT_ONCE)  # answered between being read and being waited for
        self._probe_at: float | None = None  # while the bot is away: when to ask it again, with one message only
        self._worker = Worker(inbox.claims, self._claim, self._answer, at_once=TURNS_AT_ONCE, on_poll=self._look)

    def start(self) -> None:
        """Begins to answer, with what an earlier process left."""
        self._worker.start()

    def wake(self) -> None:
        """Says that a message was accepted; it is answered without anybody waiting for it."""
        self._worker.wake()

    def submit(self, message: Message) -> "asyncio.Task[Message]":
        """A task that ends with the message answered (by whichever process); cancelling it leaves the answering alone."""
        self._worker.wake()
        return asyncio.create_task(self._answered(message))

    async def close(self) -> None:
        """Stops; what is unanswered stays in the inbox for the next process."""
        await self._worker.close()

    async def _answered(self, message: Message) -> Message:
        if found := next((recent for recent in self._recent if _named(recent) == _named(message)), None):
            return found
        waiter: asyncio.Future[Message | None] = asyncio.get_running_loop().create_future()
        self._waiters[message.id].add(waiter)
        try:
            return await waiter or await self._find(message)
        finally:
            self._waiters[message.id].discard(waiter)
            if not self._waiters[message.id]:
                del self._waiters[message.id]

    async def _find(self, message: Message) -> Message:
        found = await asyncio.to_thread(self._inbox.find, message.conversation, message.external_id)
        return found or message  # erased meanwhile

    async def _look(self) -> None:
        """Others answer too, or before anybody waits: so what is waited for is looked up now and then."""
        if self._waiters:
            for message_id in await asyncio.to_thread(self._inbox.settled, list(self._waiters)):
                self._tell(message_id)

    def _tell(self, message_id: int, answered: Message | None = None) -> None:
        for waiter in self._waiters.get(message_id, ()):
            if not waiter.done():
                waiter.set_result(answered)

    def _claim(self, owner: str, limit: int) -> list[Due]:
        """What to answer now; while the bot is away, one message at a time finds out whether it is back."""
        if self._probe_at is not None:
            if time.monotonic() < self._probe_at:
                return []
            self._probe_at, limit = time.monotonic() + self._first_pause, 1
        return self._due(self._inbox.claim(owner, limit))

    def _due(self, claimed: Sequence[Message]) -> list[Due]:
        notice = self._notice() if claimed else ""
        return [Due(message, notice, self._place_of(message.conversation)) for message in claimed]

    async def _answer(self, due: Due) -> Sequence[Due] | None:
        """From when it came in: what it waited is part of the span."""
        message = due.message
        with message_span(
            "message",
            message.conversation,
            message.id,
            since=message.at,
            channel=message.channel,
            attempt=message.attempts + 1,
        ):
            return await self._try(due)

    async def _try(self, due: Due) -> Sequence[Due] | None:
        message = due.message
        try:
            replies = await self._replies(due)
        except BotUnavailable as error:
            self._probe_at = time.monotonic() + self._first_pause
            if self._may_wait(message):
                pause = min(MAX_PAUSE, self._first_pause * 2**message.attempts)
                await asyncio.to_thread(self._inbox.postpone, message, pause)
                return None
            replies = self._failed(message, error.status)
        except BotFailed:
            replies = self._failed(message, "failed_internal")
        answered, following = await asyncio.to_thread(self._finish, message, replies)
        self._settled(message, answered)
        return following

    async def _replies(self, due: Due) -> list[Reply]:
        if due.notice:
            return [reply(due.notice, status="declined_switched_off")]
        replies = await self._bot.replies(due.message, place=due.place) or [self._apology("failed_actions")]
        self._probe_at = None
        return await self._on_replies(due.message, replies) if self._on_replies else replies

    def _finish(self, message: Message, replies: list[Reply]) -> tuple[Message | None, list[Due] | None]:
        """The message as it is kept, and the next in its place: one way into a thread and to the disk instead of two."""
        if self._probe_at is not None:
            return self._inbox.answer(message, replies), None
        answered, claimed = self._inbox.finish(message, replies, self._worker.owner)
        return answered, self._due(claimed)

    async def settle(self, message: Message, replies: list[Reply]) -> None:
        """Keeps these replies as the message's, unless it has some, and tells whoever waits."""
        self._settled(message, await asyncio.to_thread(self._inbox.answer, message, replies))

    def _settled(self, message: Message, answered: Message | None) -> None:
        if answered:
            self._metrics.message(message.channel, "answered")
            self._on_answered()
            self._recent.append(answered)
        self._tell(message.id, answered)

    def _may_wait(self, message: Message) -> bool:
        # A first try in the future was before the clock was set back, and nobody knows how long ago.
        return message.first_tried_at is None or abs(clock() - message.first_tried_at) < self._patience

    def _failed(self, message: Message, status: str) -> list[Reply]:
        logger.error("Message %d got no answer from the bot", message.id)
        return [self._apology(status)]

    def _apology(self, status: str) -> Reply:
        return reply(self._texts[status], status)


def _named(message: Message) -> tuple[str, str]:
    """What no other message is called; its row's number may have belonged to one that was erased."""
    return message.conversation, message.external_id
