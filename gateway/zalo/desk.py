"""What happened on Zalo → inbox, pauses, erasure. Everything is stored before Zalo is told that it was taken."""

import asyncio
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import State

from gateway.reception import Incoming
from gateway.zalo.happenings import Happening
from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.folding import fold

Address = dict[str, Any]
MAX_CALL_LENGTH = 40  # characters; a longer text that names the assistant is a question
STATUSES = {"greeting": "smalltalk", "taken_over": "handed_over", "resumed": "smalltalk"}  # of our own sentences


class Desk:
    """Takes the happenings of one channel in, with what the gateway has in `app.state`."""

    def __init__(self, channel: str, key: str, state: State, texts: Mapping[str, Any]) -> None:
        self._channel, self._key, self._state, self._texts = channel, key.encode(), state, texts
        self._calls = tuple(fold(canonical(call)) for call in texts["back_to_assistant"])

    def conversation(self, happening: Happening) -> str:
        """The conversation of a person with an account: always the same, and nothing can be read from it."""
        named = f"{self._channel}/{happening.account}/{happening.person}".encode()
        return f"{self._channel}-{hmac.new(self._key, named, hashlib.sha256).hexdigest()[:32]}"

    async def hear(self, happening: Happening, address: Address) -> None:
        """A citizen said something: for the bot, or for the person who has taken over."""
        conversation, pauses = self.conversation(happening), self._state.pauses
        if await asyncio.to_thread(pauses.is_paused, conversation) and self._calls_assistant(happening.text):
            await self._state.counter.leave(conversation)
            await self._say("resumed", happening.text, happening.external_id, happening, address)
            return
        if await asyncio.to_thread(pauses.end_if_over, conversation):
            await self._say("resumed", "", f"resumed-{happening.external_id}", happening, address)
        incoming = Incoming(
            conversation,
            self._channel,
            happening.external_id,
            happening.text,
            address,
            person=conversation,
            has_attachment=happening.has_attachment,
        )
        await self._state.reception.receive(incoming)

    async def greet(self, happening: Happening, address: Address) -> None:
        """A citizen began to follow the account."""
        await self._say("greeting", "", happening.external_id, happening, address)

    async def hand_over(self, happening: Happening, address: Address, *, until: float) -> None:
        """Staff wrote to the citizen: their words are kept, and the bot stays silent until then."""
        conversation, state = self.conversation(happening), self._state
        if await asyncio.to_thread(state.inbox.find, conversation, happening.external_id):
            return  # delivered again, perhaps an hour late: the bot may have come back meanwhile
        if not await asyncio.to_thread(state.pauses.is_paused, conversation):
            await self._say("taken_over", "", f"taken-over-{happening.external_id}", happening, address)
        await asyncio.to_thread(state.pauses.pause, conversation, until, "zalo_staff")
        said = await asyncio.to_thread(state.privacy.masked, conversation, happening.text)
        # In a paused conversation a message is for staff; the signal says that it is also by staff.
        store = state.inbox.accept
        await asyncio.to_thread(store, conversation, self._channel, happening.external_id, said, "staff_reply")

    async def forget(self, happening: Happening) -> None:
        """A citizen withdrew their consent: nothing of them stays."""
        await self._state.eraser.erase(self.conversation(happening))

    def _calls_assistant(self, text: str) -> bool:
        said = fold(canonical(text))
        return len(said) <= MAX_CALL_LENGTH and any(call in said for call in self._calls)

    async def _say(self, what: str, heard: str, external_id: str, happening: Happening, address: Address) -> None:
        """Answers with a sentence of the gateway's own; the bot never sees what it answers."""
        reply = {"text": self._texts[what], "status": STATUSES[what]}
        said = await asyncio.to_thread(self._state.privacy.masked, self.conversation(happening), heard)
        await asyncio.to_thread(
            self._state.inbox.accept,
            self.conversation(happening),
            self._channel,
            external_id,
            said,
            None,
            address=address,
            replies=[reply],
        )
        self._state.deliverer.wake()
