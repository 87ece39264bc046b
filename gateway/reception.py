"""Where push channels hand their messages in: stored, limited, and on their way to the bot."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import State

from gateway.inbox import Message
from gateway.outbox import reply


@dataclass(frozen=True)
class Incoming:
    """A verified message of a push channel. `person` is who sent it, for the limits: an id, not a name."""

    conversation: str
    channel: str
    external_id: str
    text: str
    address: dict[str, Any]
    person: str
    has_attachment: bool = False
    raw_event: str | None = field(default=None, repr=False)


class Reception:
    """Takes messages in; when `receive` returns, the message is safe and the event may be acknowledged."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def receive(self, incoming: Incoming) -> Message:
        """Masks, limits and stores a message. One of a flood is kept and not answered; the first of them is told so."""
        state = self._state
        taken = await state.privacy.take_in(incoming.conversation, incoming.text, has_attachment=incoming.has_attachment)
        verdict = await state.limits.judge(f"{incoming.channel}:{incoming.person}")
        replies = None if verdict != "allowed" else await state.counter.hear(incoming.conversation, incoming.text)
        if replies is None and verdict == "allowed" and await state.shedding.is_full():
            state.metrics.shed(incoming.channel)
            replies = [reply(state.texts["too_busy"], status="declined_too_many")]
        message: Message = await asyncio.to_thread(
            state.inbox.accept,
            incoming.conversation,
            incoming.channel,
            incoming.external_id,
            taken.text,
            taken.signal,
            address=incoming.address,
            raw_event=incoming.raw_event,
            is_ignored=verdict == "ignored",
            replies=replies,
        )
        state.metrics.message(message.channel, message.state)
        if verdict == "warned":
            state.metrics.limited(incoming.channel)
            await state.dispatcher.settle(message, [reply(state.texts["too_many"], status="declined_too_many")])
        state.dispatcher.wake()
        state.deliverer.wake()
        return message
