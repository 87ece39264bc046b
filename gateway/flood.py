"""Limits: how much one person, and one address, may write and read in a minute."""

import ipaddress
import logging
from typing import Literal

from fastapi import HTTPException, Request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import Storage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.aio.strategies import FixedWindowRateLimiter, SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

PEOPLE_BEHIND_ONE_ADDRESS = 20  # an office, or a mobile network: many citizens share an address

logger = logging.getLogger(__name__)
# Every request waits for it, so not longer than these seconds.
_REDIS: dict[str, float | str | bool] = {"implementation": "redispy", "socket_timeout": 1.0, "socket_connect_timeout": 1.0}

Kind = Literal["write", "read"]
Verdict = Literal["allowed", "warned", "ignored"]


class Limits:
    """Counts what people do. Several gateway processes share their counts through a store such as Redis."""

    def __init__(self, store: str, *, writes: int, reads: int) -> None:
        shared = _REDIS if store.startswith("async+redis") else {}
        self._storage = storage = storage_from_string(store, wrap_exceptions=True, **shared)
        assert isinstance(storage, Storage), "the store's address begins with async+"
        self._window, self._warnings = SlidingWindowCounterRateLimiter(storage), FixedWindowRateLimiter(storage)
        self._allowed = {"write": writes, "read": reads}

    async def allows(self, kind: Kind, *, person: str | None = None, address: str | None = None) -> bool:
        """Counts a request; False if this person or this address has had its share. While its store is away, all are let in."""
        try:
            return await self._hit(kind, person, address)
        except StorageError as error:
            logger.error("Nothing is limited: the store of limits cannot be reached: %s", error.storage_error)
            return True

    async def _hit(self, kind: Kind, person: str | None, address: str | None) -> bool:
        share = self._allowed[kind]
        is_fine = True
        if person is not None:
            is_fine &= await self._window.hit(RateLimitItemPerMinute(share), kind, "person", person)
        if address is not None and not _is_ours(address):
            many: RateLimitItem = RateLimitItemPerMinute(share * PEOPLE_BEHIND_ONE_ADDRESS)
            is_fine &= await self._window.hit(many, kind, "address", address)
        return is_fine

    async def close(self) -> None:
        """Gives the connections to a shared store back."""
        bridge = getattr(self._storage, "bridge", None)
        if isinstance(bridge, RedispyBridge):
            await bridge.get_connection().aclose()  # type: ignore[attr-defined]  # limits' protocol names less than redis has

    async def judge(self, person: str) -> Verdict:
        """For push channels, which cannot be refused: "warned" once a minute of flood (say so), then "ignored"."""
        if await self.allows("write", person=person):
            return "allowed"
        return "warned" if await self._warnings.hit(RateLimitItemPerMinute(1), "warning", person) else "ignored"


async def within_limits(request: Request) -> None:
    """A FastAPI dependency for the web: 429 and a sentence for who writes or reads too often."""
    state, kind = request.app.state, "read" if request.method in ("GET", "HEAD") else "write"
    address = request.client.host if request.client else None
    if not await state.limits.allows(kind, person=state.conversations.of(request), address=address):
        state.metrics.limited("web")
        raise HTTPException(429, state.texts["too_many"], {"Retry-After": "20"})


def _is_ours(address: str) -> bool:
    """Whether it is this machine: a reverse proxy that hides its clients would otherwise be all of them at once."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return True  # a socket without an address
