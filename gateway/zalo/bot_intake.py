"""Takes in what the Bot Platform says, however it came."""

import asyncio
from typing import Any

from gateway.zalo.bot_events import read_update
from gateway.zalo.desk import Desk
from gateway.zalo.metrics import ZaloMetrics
from gateway.zalo.unhandled import Unhandled


class BotIntake:
    """Stores messages to our bots."""

    def __init__(self, desk: Desk, unhandled: Unhandled, metrics: ZaloMetrics) -> None:
        self._desk, self._unhandled, self._metrics = desk, unhandled, metrics

    async def take(self, update: dict[str, Any], bot: str) -> None:
        """One update for one bot."""
        happening = read_update(update, bot)
        self._metrics.events.labels("zalo_bot", happening.kind).inc()
        if happening.kind != "said":
            await asyncio.to_thread(self._unhandled.note, f"bot:{happening.kind}", update)
            return
        await self._desk.hear(happening, {"bot": bot, "chat_id": happening.person})
