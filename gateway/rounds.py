"""Work that is done again and again while the gateway runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from gateway.worker import pause

logger = logging.getLogger(__name__)


class Rounds:
    """Does a job every so many seconds, or when woken; one that fails is a line in the log, and done again the next time."""

    def __init__(self, name: str, job: Callable[[], Awaitable[object]], *, seconds: float) -> None:
        self._name, self._job, self._seconds = name, job, seconds
        self._wake = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins, in the running event loop."""
        self._loop = asyncio.create_task(self._run())

    def wake(self) -> None:
        """Says that there may be something to do."""
        self._wake.set()

    async def close(self) -> None:
        """Stops; what is left is done by the next process."""
        if self._loop:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self._job()
            except Exception as error:  # the edge of the loop
                logger.error("%s failed: %s", self._name, type(error).__name__)
            await pause(self._wake, self._seconds)
