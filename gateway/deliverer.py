"""From outbox to channels: in order per conversation, again and again until delivered, and a dead letter in the end."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

from gateway.metrics import Metrics
from gateway.outbox import Channel, Delivered, Delivery, Outbox, Outcome, Reply, TryLater
from gateway.worker import Worker
from motcua.spans import message_span

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 20  # about two hours with the pauses below
MAX_PAUSE = 600.0
DELIVERIES_AT_ONCE = 16
PATIENCE_SECONDS = 30.0  # for one attempt; a channel has timeouts of its own


class Deliverer:
    """Pushes what is in the outbox through the channels of this process."""

    def __init__(
        self,
        outbox: Outbox,
        channels: Iterable[Channel],
        metrics: Metrics,
        *,
        revealed: Callable[[str, Reply], Reply] = lambda _, stored: stored,
    ) -> None:
        self._outbox, self._metrics, self._revealed = outbox, metrics, revealed
        self._channels = {channel.name: channel for channel in channels}
        self._worker = Worker(outbox.claims, self._claim, self._deliver, at_once=DELIVERIES_AT_ONCE)

    def start(self) -> None:
        """Begins to deliver, with what an earlier process left; nothing to do without a channel."""
        if self._channels:
            self._worker.start()

    def wake(self) -> None:
        """Says that there may be something to deliver."""
        self._worker.wake()

    async def close(self) -> None:
        """Stops; what is not delivered stays in the outbox."""
        await self._worker.close(grace=4.0)  # supervisor allows ten, and half a delivery may be a second one

    def _claim(self, owner: str, limit: int) -> list[Delivery]:
        return self._outbox.claim(owner, limit, self._channels)

    async def _deliver(self, delivery: Delivery) -> None:
        with message_span("deliver", delivery.conversation, delivery.message, channel=delivery.channel) as spent:
            outcome = await self._attempt(delivery)
            spent.set_attribute("outcome", type(outcome).__name__)
        self._metrics.delivery(delivery.channel, outcome)
        # Once the channel has it, it is written down even if the process is asked to stop: else it would be sent again.
        await asyncio.shield(asyncio.to_thread(self._note, delivery, outcome))

    async def _attempt(self, delivery: Delivery) -> Outcome:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                reply = await asyncio.to_thread(self._revealed, delivery.conversation, delivery.reply)
                return await self._channels[delivery.channel].deliver(replace(delivery, reply=reply))
        except Exception as error:  # the edge to a channel: whatever it raises, the reply is not lost
            logger.error("Delivery %d through %s failed: %s", delivery.id, delivery.channel, type(error).__name__)
            return TryLater(None, type(error).__name__)

    def _note(self, delivery: Delivery, outcome: Outcome) -> None:
        if isinstance(outcome, Delivered):
            self._outbox.delivered(delivery, outcome.external_id)
        elif isinstance(outcome, TryLater) and delivery.attempts + 1 < MAX_ATTEMPTS:
            pause = min(MAX_PAUSE, 2.0**delivery.attempts) if outcome.seconds is None else outcome.seconds
            self._outbox.postpone(delivery, pause, outcome.reason)
        else:
            logger.error("Delivery %d through %s was given up: %s", delivery.id, delivery.channel, outcome.reason)
            self._outbox.bury(delivery, outcome.reason)
