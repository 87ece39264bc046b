"""Limits: how much one person, and one address, may write and read in a minute."""

import ipaddress
from typing import Literal

from fastapi import HTTPException, Request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter, SlidingWindowCounterRateLimiter
from limits.storage import storage_from_string

PEOPLE_BEHIND_ONE_ADDRESS = 20  # an office, or a mobile network: many citizens share an address

Kind = Literal["write", "read"]
Verdict = Literal["allowed", "warned", "ignored"]


class Limits:
    """Counts what people do. Several gateway processes share their counts through a store such as Redis."""

    def __init__(self, store: str, *, writes: int, reads: int) -> None:
        storage = storage_from_string(store)
        assert isinstance(storage, Storage), "the store's address begins with async+"
        self._window, self._warnings = SlidingWindowCounterRateLimiter(storage), FixedWindowRateLimiter(storage)
        self._allowed = {"write": writes, "read": reads}

    async def allows(self, kind: Kind, *, person: str | None = None, address: str | None = None) -> bool:
        """Counts a request; False if this person or this address has had its share."""
        share = self._allowed[kind]
        is_fine = True
        if person is not None:
            is_fine &= await self._window.hit(RateLimitItemPerMinute(share), kind, "person", person)
        if address is not None and not _is_ours(address):
            many: RateLimitItem = RateLimitItemPerMinute(share * PEOPLE_BEHIND_ONE_ADDRESS)
            is_fine &= await self._window.hit(many, kind, "address", address)
        return is_fine

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
