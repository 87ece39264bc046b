"""Turns on their way through RabbitMQ to whoever writes them into the conversation store."""

import asyncio
import contextlib
import dataclasses
import json
from collections.abc import Sequence

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractQueue
from aiormq.exceptions import AMQPError

from motcua.conversations.turns import Turn

QUEUE = "motcua.turns"
CONFIRM_SECONDS = 10.0  # so long RabbitMQ may take to have a turn on disk


class QueueIsAway(ConnectionError):
    """RabbitMQ cannot be reached, or did not confirm a turn: it is sent again, and may be there twice."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(f"RabbitMQ: {type(cause).__name__}")


class TurnQueue:
    """Sends turns; a turn is RabbitMQ's once it confirms that. For one thread, which need not have an event loop."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._runner = asyncio.Runner()
        self._connection: AbstractConnection | None = None
        self._channel: AbstractChannel | None = None

    def keep(self, *turns: Turn) -> None:
        """Returns when RabbitMQ has the turns on disk. Raises QueueIsAway."""
        try:
            self._runner.run(self._send(turns))
        except (AMQPError, OSError, TimeoutError, RuntimeError) as error:
            self._runner.run(self._leave())
            raise QueueIsAway(error) from error

    def close(self) -> None:
        """Ends the connection."""
        self._runner.run(self._leave())
        self._runner.close()

    async def _send(self, turns: Sequence[Turn]) -> None:
        async with asyncio.timeout(CONFIRM_SECONDS):
            channel = self._channel or await self._open()
            messages = [aio_pika.Message(packed(turn), delivery_mode=aio_pika.DeliveryMode.PERSISTENT) for turn in turns]
            await asyncio.gather(*(channel.default_exchange.publish(message, QUEUE) for message in messages))

    async def _open(self) -> AbstractChannel:
        # Without heartbeats: between two turns nobody here would answer them.
        self._connection = await aio_pika.connect(self._url, heartbeat=0)
        channel = await self._connection.channel(publisher_confirms=True)
        await declare(channel)
        self._channel = channel
        return channel

    async def _leave(self) -> None:
        connection, self._connection, self._channel = self._connection, None, None
        if connection is not None:
            with contextlib.suppress(AMQPError, OSError, TimeoutError, RuntimeError):
                async with asyncio.timeout(CONFIRM_SECONDS):
                    await connection.close()


async def declare(channel: AbstractChannel) -> AbstractQueue:
    """The queue, made if it is not there: on disk, of the type that is RabbitMQ's default for the virtual host."""
    return await channel.declare_queue(QUEUE, durable=True)


def packed(turn: Turn) -> bytes:
    """A turn as it travels."""
    return json.dumps(dataclasses.asdict(turn), ensure_ascii=False).encode()


def unpacked(body: bytes) -> Turn:
    """The turn that was packed. Raises ValueError, TypeError for what is none."""
    return Turn(**json.loads(body))
