"""What is refused while too much waits: a message that would be answered in an hour is better told so now."""

import asyncio
import time

from gateway.inbox import Inbox

LOOK_SECONDS = 1.0  # the count is good for so long


class Shedding:
    """Knows whether the inbox is full; with a limit of 2,000, about half a minute's work of one machine."""

    def __init__(self, inbox: Inbox, *, limit: int) -> None:
        self._inbox, self._limit = inbox, limit
        self._looked_at, self._is_full = -LOOK_SECONDS, False

    async def is_full(self) -> bool:
        """Whether as many messages wait as may; looked up once a second at most. Raises sqlalchemy's errors."""
        moment = time.monotonic()
        if moment - self._looked_at >= LOOK_SECONDS:
            self._looked_at = moment
            self._is_full = await asyncio.to_thread(self._inbox.claims.count, "waiting") >= self._limit
        return self._is_full
