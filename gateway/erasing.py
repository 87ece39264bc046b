"""Erasing a conversation: here at once, in the bot and in the conversation store as soon as they can be reached."""

import asyncio
import logging
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from gateway.bot_client import BotClient, BotFailed, BotUnavailable
from gateway.database import ERASURES, MESSAGES, OUTBOX, PAUSES, Database, now
from gateway.staff.handovers import HANDOVERS
from gateway.staff.helped import HELPED
from gateway.worker import pause

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 10.0


class Eraser:
    """Deletes conversations; what others still have to forget is written down, so that a crash forgets no erasure."""

    def __init__(
        self,
        database: Database,
        bot: BotClient,
        erase_turns: Callable[[str], None] = lambda _: None,
        erase_private: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._database, self._bot, self._erase_turns, self._erase_private = database, bot, erase_turns, erase_private
        self._wake = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins with what an earlier process left."""
        self._loop = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stops; what is left is done by the next process."""
        if self._loop:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)

    async def erase(self, conversation: str) -> None:
        """Deletes its messages and what was on the way to the person; bot and store follow within seconds, if they are up."""
        await asyncio.to_thread(self._erase_here, conversation)
        self._wake.set()

    def pending(self) -> list[str]:
        """Conversations that the bot or the conversation store has not forgotten yet."""
        with self._database.reading() as connection:
            return list(connection.execute(select(ERASURES.c.conversation)).scalars())

    def _erase_here(self, conversation: str) -> None:
        self._erase_private(conversation)

        def job(connection: Connection) -> None:
            for table in (OUTBOX, MESSAGES, PAUSES, HANDOVERS, HELPED, ERASURES):
                connection.execute(table.delete().where(table.c.conversation == conversation))
            connection.execute(ERASURES.insert().values(conversation=conversation, asked_at=now()))

        self._database.write(job)

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            try:
                for conversation in await asyncio.to_thread(self.pending):
                    await self._erase_there(conversation)
            except Exception as error:  # the edge of the loop
                logger.error("Erasing failed: %s", type(error).__name__)
            await pause(self._wake, PAUSE_SECONDS)

    async def _erase_there(self, conversation: str) -> None:
        try:
            await asyncio.to_thread(self._erase_turns, conversation)
            await self._bot.forget(conversation)
        except (BotUnavailable, BotFailed, SQLAlchemyError) as error:
            logger.warning("A conversation is not forgotten everywhere yet: %s", type(error).__name__)
            return
        await asyncio.to_thread(self._note_forgotten, conversation)

    def _note_forgotten(self, conversation: str) -> None:
        done = ERASURES.delete().where(ERASURES.c.conversation == conversation)
        self._database.write(lambda connection: connection.execute(done))
