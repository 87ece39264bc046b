"""A loop that claims what is due and works on it, a bounded number at a time."""

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, Protocol, TypeVar

from gateway.claims import RENEW_SECONDS, Claims
from motcua.logs import about

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5  # how late something due, or accepted by another process, is noticed


class Row(Protocol):
    """A row of a table that is worked on."""

    @property
    def id(self) -> int:
        """The row's id."""

    @property
    def conversation(self) -> str:
        """The conversation it belongs to."""


Job = TypeVar("Job", bound=Row)


class Worker(Generic[Job]):
    """Works through one table; several processes may each have one for the same table."""

    def __init__(
        self,
        claims: Claims,
        claim: Callable[[str, int], Sequence[Job]],
        work: Callable[[Job], Awaitable[Sequence[Job] | None]],
        *,
        at_once: int,
        on_poll: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`claim` is told the owner and how many at most; `work` may end with what it claimed in its own place."""
        self.owner = secrets.token_hex(8)
        self._claims, self._claim, self._work, self._at_once, self._on_poll = claims, claim, work, at_once, on_poll
        self._wake, self._jobs = asyncio.Event(), dict[asyncio.Task[None], int]()  # running → its row
        self._loops: list[asyncio.Task[None]] = []
        self._polled_at, self._is_closing = 0.0, False

    def start(self) -> None:
        """Begins to work, in the running event loop."""
        self._loops = [asyncio.create_task(self._run()), asyncio.create_task(self._renew())]

    def wake(self) -> None:
        """Says that there may be something to do, instead of waiting for the next look."""
        self._wake.set()

    async def close(self, grace: float = 0.0) -> None:
        """Stops; what is not finished after these seconds is given back for the next process."""
        self._is_closing = True
        for loop in self._loops:
            loop.cancel()
        if self._jobs and grace:
            await asyncio.wait(self._jobs, timeout=grace)
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._loops, *self._jobs, return_exceptions=True)
        await asyncio.to_thread(self._claims.release, self.owner)

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            try:
                if (room := self._at_once - len(self._jobs)) > 0:  # below it while a job hands over to the next
                    self._begin(await asyncio.to_thread(self._claim, self.owner, room))
                await self._poll()
            except Exception as error:  # the edge of the loop: a database that is away for a moment must not end it
                logger.error("Looking for work failed: %s", type(error).__name__)
            await pause(self._wake, POLL_SECONDS)

    async def _poll(self) -> None:
        if self._on_poll and time.monotonic() - self._polled_at >= POLL_SECONDS:
            self._polled_at = time.monotonic()
            await self._on_poll()

    def _begin(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            task = asyncio.create_task(self._do(job))
            self._jobs[task] = job.id
            task.add_done_callback(self._jobs.pop)

    async def _do(self, job: Job) -> None:
        following: Sequence[Job] | None = None
        with about(job.conversation):
            try:
                following = await self._work(job)
            except Exception as error:  # the claim ends by itself and the job is taken up again
                logger.error("Job %d failed: %s", job.id, type(error).__name__)
        if following is None:
            self._wake.set()
        elif not self._is_closing:  # then it is given back with the rest
            self._begin(following)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            if self._jobs:
                try:
                    await asyncio.to_thread(self._claims.renew, self.owner, list(self._jobs.values()))
                except Exception as error:  # as above; a lost claim is noticed when the work is stored
                    logger.error("Renewing claims failed: %s", type(error).__name__)


async def pause(wake: asyncio.Event, seconds: float) -> None:
    """Ends when it is woken, or after these seconds. (asyncio.wait_for of Python 3.11 can swallow a cancellation.)"""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wake.wait()
