"""Every few seconds somebody looks who waits too long, who was left alone, and what is to be deleted."""

import asyncio

from gateway.conversations import HELPED_AGE
from gateway.erasing import Eraser
from gateway.staff.counter import KEPT_DAYS, SILENCE_SECONDS, Counter
from gateway.staff.helped import Helped

LOOK_SECONDS = 5.0
DAY = 86400.0
GONE_DAYS = 2  # who waited so long without a word is not coming back


class Watch:
    """Several processes may keep watch: each step is taken by the one that changes the row."""

    def __init__(self, counter: Counter, helped: Helped, eraser: Eraser, *, wait_minutes: int) -> None:
        self._counter, self._helped, self._eraser = counter, helped, eraser
        self._wait_seconds = wait_minutes * 60.0

    async def look(self, moment: float) -> None:
        """Does what is due at that moment."""
        rows = self._counter.handovers
        for found in await asyncio.to_thread(rows.not_taken, moment - self._wait_seconds):
            await self._counter.offer_callback(found)
        for found in await asyncio.to_thread(rows.left, "waiting", moment - GONE_DAYS * DAY):
            await asyncio.to_thread(rows.close, found.conversation)
        for found in await asyncio.to_thread(rows.left, "callback", moment - KEPT_DAYS * DAY):
            await self._counter.give_up(found)
        for found in await asyncio.to_thread(rows.left, "taken", moment - SILENCE_SECONDS):
            await self._counter.back(found)
        await asyncio.to_thread(rows.forget, moment - DAY)
        for session in await asyncio.to_thread(self._helped.over, moment - HELPED_AGE.total_seconds()):
            await self._eraser.erase(session.conversation)
