"""Conversations are locked across bots, and a Redis that is away is said to be away."""

import asyncio
from collections.abc import Iterator

import pytest
from rasa.core.lock_store import LockError

from bot.locks import RedisLocks
from tests.ports import free_port
from tests.redis_server import running_redis


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running_redis() as address:
        yield address


async def test_two_bots_take_turns_in_one_conversation_and_not_in_two(url: str) -> None:
    one, other, inside = RedisLocks(url=url), RedisLocks(url=url), list[str]()

    async def turn(bot: RedisLocks, conversation: str, name: str) -> None:
        async with bot.lock(conversation):
            inside.append(f"{name} begins")
            await asyncio.sleep(0)
            inside.append(f"{name} ends")

    async with one.lock("cuoc-1"):
        waiting = asyncio.create_task(turn(other, "cuoc-1", "second"))
        await turn(other, "cuoc-2", "elsewhere")
        assert inside == ["elsewhere begins", "elsewhere ends"]
    await waiting
    assert inside[2:] == ["second begins", "second ends"]
    for bot in (one, other):
        await bot.close()


async def test_what_a_killed_bot_held_is_free_after_a_while(url: str) -> None:
    killed, other = RedisLocks(url=url), RedisLocks(url=url)
    await killed.lock("cuoc-3", 0.2).__aenter__()
    async with other.lock("cuoc-3"):
        pass
    for bot in (killed, other):
        await bot.close()


async def test_a_redis_that_is_away_is_an_error_that_is_tried_again_later() -> None:
    locks = RedisLocks(url=f"redis://127.0.0.1:{free_port()}/0")
    with pytest.raises(LockError):
        async with locks.lock("cuoc-1"):
            raise AssertionError("nobody holds a lock of a Redis that is away")
    await locks.close()


def test_without_an_address_nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOTCUA_LOCKS_URL", raising=False)
    with pytest.raises(ValueError, match="MOTCUA_LOCKS_URL"):
        RedisLocks()
