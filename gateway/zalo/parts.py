"""Sends the parts of one answer in order, each once, whichever API takes them."""

import asyncio
from collections.abc import Awaitable, Callable

from gateway.outbox import Delivered, Delivery, Outcome
from gateway.zalo.progress import Progress
from gateway.zalo.splitting import split

SendPart = Callable[[str, bool], Awaitable[Outcome]]


async def send_parts(delivery: Delivery, progress: Progress, send: SendPart) -> Outcome:
    """Calls `send(part, is_last)` for what has not arrived yet, and stops at the first part that does not arrive."""
    parts = split(str(delivery.reply.get("text", "")))
    outcome: Outcome = Delivered()
    for number in range(await asyncio.to_thread(progress.of, delivery.id), len(parts)):
        is_last = number == len(parts) - 1
        outcome = await send(parts[number], is_last)
        if not isinstance(outcome, Delivered):
            return outcome
        if not is_last:
            await asyncio.to_thread(progress.note, delivery.id, number + 1)
    if len(parts) > 1:
        await asyncio.to_thread(progress.forget, delivery.id)
    return outcome
