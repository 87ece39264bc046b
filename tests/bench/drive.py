"""Drives a bot: so many users at once, each writing the next message when the last one is answered."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

import aiohttp

from tests.bench.sides import RunningSide

PATIENCE = aiohttp.ClientTimeout(total=300)


@dataclass(frozen=True)
class Driven:
    """What the users saw: ms of each turn in the order they ended, seconds in all, and turns without a reply."""

    times_ms: list[float]
    seconds: float
    errors: int

    @property
    def turns_per_s(self) -> float:
        """Answered turns."""
        return (len(self.times_ms) - self.errors) / self.seconds


def drive(side: RunningSide, conversations: Sequence[Sequence[str]], *, users: int, names: Sequence[str] = ()) -> Driven:
    """All conversations, `users` at a time; they are new ones, unless they have names."""
    named = zip(names or [uuid4().hex for _ in conversations], conversations, strict=True)
    return asyncio.run(_drive(side, named, users))


async def _drive(side: RunningSide, waiting: Iterator[tuple[str, Sequence[str]]], users: int) -> Driven:
    times: list[float] = []
    failed: list[str] = []

    async def user(client: aiohttp.ClientSession) -> None:
        for name, conversation in waiting:
            for text in conversation:
                began = time.perf_counter()
                if not await side.answers(client, name, text):
                    failed.append(text)
                times.append((time.perf_counter() - began) * 1000)

    async with open_client() as client:
        began = time.perf_counter()
        await asyncio.gather(*(user(client) for _ in range(users)))
        return Driven(times, time.perf_counter() - began, len(failed))


@asynccontextmanager
async def open_client() -> AsyncIterator[aiohttp.ClientSession]:
    """Keeps its connections, as a gateway does."""
    async with aiohttp.ClientSession(timeout=PATIENCE, connector=aiohttp.TCPConnector(limit=0)) as client:
        yield client
