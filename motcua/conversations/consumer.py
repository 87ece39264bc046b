"""`python -m motcua.conversations.consumer`: takes turns from RabbitMQ and writes them into the conversation store.

A turn leaves the queue when it is in the store. It may come twice, to another consumer too: the store keeps it once.
"""

import asyncio
import contextlib
import logging
import signal

import aio_pika
from aio_pika.abc import AbstractIncomingMessage
from aiormq.exceptions import AMQPError

from motcua.conversations.recorder import AWAY
from motcua.conversations.store import ConversationStore
from motcua.conversations.turn_queue import declare, unpacked
from motcua.logs import set_up_logging
from motcua.settings import Settings, load_settings

logger = logging.getLogger(__name__)

AT_ONCE = 20  # turns taken ahead of being written
PAUSE_SECONDS = 2.0  # before a server that is away is asked again
HEARTBEAT_SECONDS = 10
SET_UP_SECONDS = 5.0


class Consumer:
    """Writes turns until it is stopped, through outages of queue and store."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store: ConversationStore | None = None

    async def run(self) -> None:
        """Consumes; ends only by being cancelled."""
        try:
            while True:
                try:
                    await self._consume()
                except (AMQPError, TimeoutError, *AWAY) as error:
                    logger.warning("Queue or store cannot be reached: %s", type(error).__name__)
                await asyncio.sleep(PAUSE_SECONDS)
        finally:
            if self._store is not None:
                self._store.close()

    async def _consume(self) -> None:
        """Consumes on one connection, until it or the store is lost; what was not written is given to a consumer again."""
        if self._store is None:
            self._store = await asyncio.to_thread(ConversationStore, self._settings.conversations_url)
        store = self._store
        await asyncio.to_thread(_reach, store)
        taken = asyncio.Queue[AbstractIncomingMessage | None]()
        async with await aio_pika.connect(self._settings.turns_url, heartbeat=HEARTBEAT_SECONDS) as connection:
            connection.close_callbacks.add(lambda *_: taken.put_nowait(None))
            async with asyncio.timeout(SET_UP_SECONDS):  # a RabbitMQ that has just come back may leave a first call unanswered
                channel = await connection.channel()
                await channel.set_qos(prefetch_count=AT_ONCE)
                await (await declare(channel)).consume(taken.put)
            logger.info("Taking turns")
            while (message := await taken.get()) is not None:
                await self._keep(store, message)

    async def _keep(self, store: ConversationStore, message: AbstractIncomingMessage) -> None:
        try:
            await asyncio.to_thread(store.keep, unpacked(message.body))
        except AWAY:
            raise
        except Exception as error:  # the edge: one that cannot be kept must not come again and again
            logger.error("A turn was not recorded: %s", type(error).__name__)
        with contextlib.suppress(AMQPError, RuntimeError):  # the connection was lost: it comes again, and changes nothing
            await message.ack()


def _reach(store: ConversationStore) -> None:
    """Raises what `AWAY` names before a turn is taken that could not be written."""
    with store.reading():
        pass


async def _serve(settings: Settings) -> None:
    task = asyncio.ensure_future(Consumer(settings).run())
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def main() -> None:
    """The command."""
    settings = load_settings()
    set_up_logging(settings.log_format)
    asyncio.run(_serve(settings))


if __name__ == "__main__":
    main()
