"""Tasks that run beside the requests, for as long as the app runs."""

import asyncio
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any

Work = Coroutine[Any, Any, None]


class Background:
    """Begins tasks with the app, or at any time, and ends them with it."""

    def __init__(self) -> None:
        self._starting: list[Callable[[], Work]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def on_start(self, work: Callable[[], Work]) -> None:
        """Begins this with the app."""
        self._starting.append(work)

    def begin(self, work: Work) -> None:
        """Begins this now."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def __aenter__(self) -> "Background":
        for work in self._starting:
            self.begin(work())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
