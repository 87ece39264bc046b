"""Turns through RabbitMQ: confirmed, kept once however often they come, and waited for while RabbitMQ is away."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aio_pika
import pytest

from motcua.conversations.consumer import Consumer
from motcua.conversations.finding import turns_of
from motcua.conversations.moments import now_ms
from motcua.conversations.recorder import Recorder
from motcua.conversations.store import ConversationStore
from motcua.conversations.turn_queue import QUEUE, QueueIsAway, TurnQueue, packed, unpacked
from motcua.conversations.turns import Turn
from motcua.settings import Settings, load_settings
from tests.ports import free_port
from tests.scale.servers import Process, rabbitmq


@pytest.fixture(scope="module")
def queue() -> Iterator[tuple[Process, str]]:
    with tempfile.TemporaryDirectory(prefix="scale-") as folder, rabbitmq(Path(folder)) as (server, url):
        server.start()
        server.wait()
        yield server, url


@pytest.fixture
def settings(queue: tuple[Process, str], tmp_path: Path) -> Settings:
    return load_settings({"MOTCUA_VAR": str(tmp_path), "MOTCUA_TURNS_URL": queue[1]})


def _turn(conversation: str, number: int) -> Turn:
    return Turn(conversation, f"tin-{number}", now_ms(), said="khai sinh", trace={"actions": ["action_answer"]})


@asynccontextmanager
async def consuming(settings: Settings) -> AsyncIterator[None]:
    task = asyncio.create_task(Consumer(settings).run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _kept(settings: Settings, conversation: str, count: int) -> list[str]:
    """The messages of a conversation, once there are so many."""
    store = ConversationStore(settings.conversations_url)
    try:
        async with asyncio.timeout(60):
            while True:
                with store.reading() as connection:
                    found = [turn["message"] for turn in turns_of(connection, conversation)]
                if len(found) >= count:
                    return found
                await asyncio.sleep(0.05)
    finally:
        store.close()


def test_a_turn_arrives_as_it_was_sent() -> None:
    turn = _turn("cuoc-0", 1)
    assert unpacked(packed(turn)) == turn


async def test_what_comes_twice_or_is_no_turn_leaves_each_turn_once(settings: Settings) -> None:
    queue = TurnQueue(settings.turns_url)
    for number in (1, 1, 2, 1):
        await asyncio.to_thread(queue.keep, _turn("cuoc-1", number))
    async with await aio_pika.connect(settings.turns_url) as connection, connection.channel() as channel:
        await channel.default_exchange.publish(aio_pika.Message(b"no turn"), QUEUE)
    await asyncio.to_thread(queue.keep, _turn("cuoc-1", 3))
    async with consuming(settings):
        assert await _kept(settings, "cuoc-1", 3) == ["tin-1", "tin-2", "tin-3"]
    await asyncio.to_thread(queue.close)


def test_a_queue_that_is_away_says_so() -> None:
    queue = TurnQueue(f"amqp://guest:guest@127.0.0.1:{free_port()}/")
    with pytest.raises(QueueIsAway):
        queue.keep(_turn("cuoc-2", 1))
    queue.close()


async def test_turns_outlive_the_loss_of_rabbitmq(queue: tuple[Process, str], settings: Settings) -> None:
    server, url = queue
    recorder = Recorder(lambda: TurnQueue(url))
    recorder.record(_turn("cuoc-3", 1))
    await asyncio.to_thread(recorder.drain)
    async with consuming(settings):
        await _kept(settings, "cuoc-3", 1)
        server.kill()
        recorder.record(_turn("cuoc-3", 2))
        server.start()
        await asyncio.to_thread(server.wait)
        recorder.record(_turn("cuoc-3", 3))
        assert await _kept(settings, "cuoc-3", 3) == ["tin-1", "tin-2", "tin-3"]
    await asyncio.to_thread(recorder.close)
