"""Erasing a conversation: here at once, in the bot and in the conversation store as soon as they can be reached."""

import asyncio
import logging
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from gateway.bot_client import BotClient, BotFailed, BotUnavailable
from gateway.database import ERASURES, MESSAGES, OUTBOX, PAUSES, Database, now
from gateway.rounds import Rounds
from gateway.staff.handovers import HANDOVERS
from gateway.staff.helped import HELPED
from motcua.logs import about

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
        self._rounds = Rounds("Erasing", self._erase_pending, seconds=PAUSE_SECONDS)

    def start(self) -> None:
        """Begins with what an earlier process left."""
        self._rounds.start()

    async def close(self) -> None:
        """Stops; what is left is done by the next process."""
        await self._rounds.close()

    async def erase(self, conversation: str) -> None:
        """Deletes its messages and what was on the way to the person; bot and store follow within seconds, if they are up."""
        await asyncio.to_thread(self._erase_here, conversation)
        self._rounds.wake()

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

    async def _erase_pending(self) -> None:
        for conversation in await asyncio.to_thread(self.pending):
            await self._erase_there(conversation)

    async def _erase_there(self, conversation: str) -> None:
        try:
            await asyncio.to_thread(self._erase_turns, conversation)
            await self._bot.forget(conversation)
        except (BotUnavailable, BotFailed, SQLAlchemyError) as error:
            with about(conversation):
                logger.warning("A conversation is not forgotten everywhere yet: %s", type(error).__name__)
            return
        await asyncio.to_thread(self._note_forgotten, conversation)

    def _note_forgotten(self, conversation: str) -> None:
        done = ERASURES.delete().where(ERASURES.c.conversation == conversation)
        self._database.write(lambda connection: connection.execute(done))
