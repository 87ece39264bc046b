"""Work that is done again and again while the gateway runs, in a thread of its own."""

import asyncio
import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)


class Rounds:
    """Does a job every so many seconds; one that fails is a line in the log, and done again the next time."""

    def __init__(self, name: str, job: Callable[[], object], *, seconds: float) -> None:
        self._name, self._job, self._seconds = name, job, seconds
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins, in the running event loop."""
        self._loop = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stops."""
        if self._loop:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self._job)
            except Exception as error:  # the edge of the loop
                logger.error("%s failed: %s", self._name, type(error).__name__)
            await asyncio.sleep(self._seconds)
