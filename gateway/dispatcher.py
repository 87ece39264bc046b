"""From inbox to bot and back: one message at a time per conversation, in order, each answered whatever happens."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping

from gateway.bot_client import BotClient, BotFailed, BotUnavailable
from gateway.inbox import Inbox, Message, Reply

logger = logging.getLogger(__name__)

# The bot needs about ten seconds to come back after a crash; a citizen who waits longer is told so.
RETRY_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0)


class Dispatcher:
    """Answers accepted messages; a message that finds no answer gets a sentence that says so."""

    def __init__(
        self, inbox: Inbox, bot: BotClient, texts: Mapping[str, str], retry_seconds: tuple[float, ...] = RETRY_SECONDS
    ):
        self._inbox, self._bot, self._texts, self._retry_seconds = inbox, bot, texts, retry_seconds
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._tasks: dict[int, asyncio.Task[Message]] = {}

    async def resume(self) -> None:
        """Takes up what an earlier process left without a reply."""
        for message in await asyncio.to_thread(self._inbox.waiting):
            self.submit(message)

    def submit(self, message: Message) -> "asyncio.Task[Message]":
        """Answers a message in the background, once however often it is submitted; the task ends with it answered."""
        task = self._tasks.get(message.id)
        if task is None:
            task = asyncio.create_task(self._answer(message))
            self._tasks[message.id] = task
            task.add_done_callback(lambda _: self._tasks.pop(message.id, None))
        return task

    async def close(self) -> None:
        """Stops; what is unanswered stays in the inbox for the next process."""
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _answer(self, message: Message) -> Message:
        async with self._turns[message.conversation]:
            replies = await self._replies(message)
            await asyncio.to_thread(self._inbox.answer, message, replies)
        found = await asyncio.to_thread(self._inbox.find, message.conversation, message.external_id)
        return found or message

    async def _replies(self, message: Message) -> list[Reply]:
        for pause in (*self._retry_seconds, None):
            try:
                return await self._bot.replies(message) or [self._apology("failed_actions")]
            except BotUnavailable:
                if pause is None:
                    break
                await asyncio.sleep(pause)
            except BotFailed:
                break
        logger.error("Message %d got no answer from the bot", message.id)
        return [self._apology("failed_internal")]

    def _apology(self, status: str) -> Reply:
        return {"text": self._texts[status], "status": status}
