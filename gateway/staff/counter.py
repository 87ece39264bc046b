"""Where conversations change hands: the assistant hands over, staff take, write and hand back, a number waits to be called."""

import asyncio
import re
import secrets
from datetime import UTC, datetime

from starlette.datastructures import State as AppState

from gateway.database import clock
from gateway.inbox import NOTICE, STAFF_REPLY, Message
from gateway.outbox import Reply
from gateway.staff.handovers import Asked, Handover, Handovers, State
from gateway.staff.wording import Wording
from motcua.conversations.redaction import mask
from motcua.conversations.sealing import Seal
from motcua.places.duty import Duty

MINUTE = 60.0
SILENCE_SECONDS = 30 * MINUTE  # after which a conversation that staff took and left goes back to the assistant
LOOK_SECONDS: dict[State, float] = {"waiting": 8.0, "taken": 4.0, "callback": MINUTE}
KEPT_DAYS = 7  # a number to call, at most


class Counter:
    """Uses what stands in `app.state`; without a staff token nobody sits here, and all is left to the bot."""

    def __init__(self, state: AppState, handovers: Handovers, duty: Duty) -> None:
        self.handovers, self.wording = handovers, Wording()
        self._state, self._duty = state, duty
        self._minutes, self._is_open = state.settings.handover_minutes, bool(state.settings.staff_token)
        self._seal = Seal(state.settings.secret, "callback")

    async def receive(self, message: Message, replies: list[Reply]) -> list[Reply]:
        """The bot's replies to a message; where they hand over, with what the queue has to say."""
        asked = next((found for found in [reply.pop("handover", None) for reply in replies] if found), None)
        if asked is None or not self._is_open:
            return replies
        wanted = Asked(str(asked.get("reason", "")), asked.get("place"), asked.get("summary") or {})
        handover = await asyncio.to_thread(self.handovers.ask, message.conversation, message.channel, wanted)
        return [*replies, await self._told(handover)]

    async def leave(self, conversation: str) -> None:
        """The citizen goes back to the assistant, whoever wrote to them."""
        await asyncio.to_thread(self.handovers.close, conversation)
        await asyncio.to_thread(self._state.pauses.resume, conversation)

    async def hear(self, conversation: str, text: str) -> list[Reply] | None:
        """The answer to what is said to the counter itself: a number to call, no number, back to the assistant. Else None."""
        if not self._is_open or (found := await asyncio.to_thread(self.handovers.find, conversation)) is None:
            return None
        if found.state == "taken" and self.wording.means("back_to_assistant", text):
            await self.leave(conversation)
            return [self.wording.tell("back")]
        if found.state == "callback" and self.wording.means("delete_phone", text):
            await asyncio.to_thread(self.handovers.close, conversation)
            return [self.wording.tell("phone_deleted")]
        if found.state == "callback" or (found.state == "waiting" and found.offered_at):
            return await self._hear_phone(found, text)
        return None

    async def offer_callback(self, found: Handover) -> None:
        """Asks somebody who has waited for long whether to be called."""
        if await asyncio.to_thread(self.handovers.offer, found.conversation):
            await self.say(found, self.wording.tell("nobody", "ask_phone", days=KEPT_DAYS))

    async def take(self, found: Handover, by: str) -> bool:
        """Gives a conversation to a member of staff, and tells the citizen; False if another has it."""
        if not await asyncio.to_thread(self.handovers.take, found.conversation, by):
            return False
        if found.state == "waiting":
            await self._pause(found.conversation, by)
            await self.say(found, self.wording.tell("taken"))
        return True

    async def reply(self, found: Handover, *, message_id: str, text: str) -> None:
        """Sends what staff wrote, once for each id, through the channel the citizen uses."""
        if found.state == "taken":
            await self._pause(found.conversation, found.by)
            await asyncio.to_thread(self.handovers.touch, found.conversation)
        words = mask(text, keep=("phone", "email")).text  # an office's own number is meant to be read
        await self.say(found, {"text": words, "status": "handed_over"}, message_id=f"staff-{message_id}", signal=STAFF_REPLY)

    async def back(self, found: Handover) -> None:
        """The assistant answers again, and says so."""
        if await self._end(found):
            await self.say(found, self.wording.tell("back"))

    async def done(self, found: Handover) -> None:
        """A callback is settled and its number deleted."""
        if await self._end(found):
            await self.say(found, self.wording.tell("called_back" if found.state == "callback" else "back"))

    async def give_up(self, found: Handover) -> None:
        """Nobody called for a week: the number is deleted and the citizen told."""
        if await self._end(found):
            await self.say(found, self.wording.tell("never_called", days=KEPT_DAYS))

    async def again_in(self, conversation: str) -> float:
        """After how many seconds a page may look for what a person wrote; 0: nobody is to write."""
        found = await asyncio.to_thread(self.handovers.find, conversation)
        return LOOK_SECONDS.get(found.state, 0.0) if found else 0.0

    def phone(self, found: Handover) -> str | None:
        """The number to call, if there is one."""
        return self._seal.open(found.phone) if found.phone else None

    async def say(self, found: Handover, reply: Reply, *, message_id: str | None = None, signal: str = NOTICE) -> None:
        """Says something to a citizen that answers no message of theirs: pushed, or shown when the page next looks."""
        inbox = self._state.inbox
        address = await asyncio.to_thread(inbox.address, found.conversation)
        named = message_id or f"notice-{secrets.token_hex(8)}"
        await asyncio.to_thread(
            inbox.accept, found.conversation, found.channel, named, "", signal, address=address, replies=[reply]
        )
        self._state.deliverer.wake()

    async def _told(self, found: Handover) -> Reply:
        """How it stands with a handover just asked for."""
        if found.state != "waiting":
            return self.wording.tell("already_called_back" if found.state == "callback" else "taken")
        is_there, hours = self._duty.is_there(found.place, datetime.now(UTC)), self._duty.hours(found.place)
        if is_there is False:
            await asyncio.to_thread(self.handovers.offer, found.conversation)
            return self.wording.tell("closed", "ask_phone", hours=hours, days=KEPT_DAYS)
        ahead = await asyncio.to_thread(self.handovers.ahead, found)
        lines = ["queued.behind" if ahead else "queued.next", "queued.meanwhile"]
        if is_there is None:
            lines.append("queued.hours_unknown")
        return self.wording.tell(*lines, ahead=ahead, minutes=self._minutes)

    async def _hear_phone(self, found: Handover, text: str) -> list[Reply] | None:
        if number := next((value for kind, value in mask(text).found if kind == "phone"), None):
            await asyncio.to_thread(self.handovers.keep_phone, found.conversation, self._seal.close(number))
            ending, hours = re.sub(r"\D", "", number)[-2:], self._duty.hours(found.place)
            return [self.wording.tell("phone_kept", ending=ending, hours=hours)]
        if found.state == "callback":
            return None
        if self.wording.means("no_phone", text) and await self._was_asked_now(found.conversation):
            await asyncio.to_thread(self.handovers.close, found.conversation)
            return [self.wording.tell("phone_refused")]
        is_half = sum(letter.isdigit() for letter in text) >= 6 and not any(letter.isalpha() for letter in text)
        return [self.wording.tell("phone_unclear")] if is_half else None

    async def _pause(self, conversation: str, by: str) -> None:
        await asyncio.to_thread(self._state.pauses.pause, conversation, clock() + SILENCE_SECONDS + MINUTE, by)

    async def _was_asked_now(self, conversation: str) -> bool:
        """Whether the last thing said was the counter's: a bare "không" may answer a question of the bot."""
        last = (await asyncio.to_thread(self._state.inbox.transcript, conversation))[-1:]
        return any(reply.get("status") == "handed_over" for message in last for reply in (message.replies or ())[-1:])

    async def _end(self, found: Handover) -> bool:
        """Settles it and lets the bot answer; False if it was settled before."""
        is_new = await asyncio.to_thread(self.handovers.close, found.conversation)
        if found.state == "taken":
            await asyncio.to_thread(self._state.pauses.resume, found.conversation)
        return is_new
