"""One turn of a conversation at a time, whichever bot runs it: locks in Redis.

Rasa's own RedisLockStore reads a lock, changes it and writes it back, so that two bots may both take it. Here taking is one
command of Redis. A lock may still be lost, with its server or by a turn that takes too long: then `bot.trackers` refuses to
save the slower one.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import redis.exceptions
from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import EndpointConfig
from redis import asyncio as redis_async

from motcua.settings import load_settings

HELD_SECONDS = 15.0  # what a killed bot had locked waits this long
WAIT_SECONDS = 20.0  # below the gateway's own 30
LOOK_SECONDS = 0.05
REACH_SECONDS = 2.0


class RedisLocks(LockStore):
    """A lock store at MOTCUA_LOCKS_URL, such as redis://host:6379/0."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, url: str = "") -> None:
        address = url or load_settings().locks_url
        if not address:
            raise ValueError("MOTCUA_LOCKS_URL is not set: expected the address of a Redis, such as redis://127.0.0.1:6379/0")
        reach = {"socket_timeout": REACH_SECONDS, "socket_connect_timeout": REACH_SECONDS}
        self._redis = redis_async.from_url(address, **reach)

    async def close(self) -> None:
        """Gives the connections back."""
        await self._redis.aclose()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = HELD_SECONDS,
        wait_time_in_seconds: float = LOOK_SECONDS,
    ) -> AsyncIterator[None]:
        """Holds the lock of a conversation. Raises LockError where Redis is away, or somebody else holds it for too long."""
        lock = self._redis.lock(
            f"motcua:turn:{conversation_id}",
            timeout=lock_lifetime,
            sleep=wait_time_in_seconds,
            blocking_timeout=WAIT_SECONDS,
        )
        try:
            is_taken = await lock.acquire()
        except redis.exceptions.RedisError as error:
            raise LockError("Redis cannot be reached") from error
        if not is_taken:
            raise LockError("held by another bot")
        try:
            yield
        finally:
            with suppress(redis.exceptions.RedisError):  # gone with its server, or too late: the turn is over either way
                await lock.release()
