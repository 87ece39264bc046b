"""What only the citizen may see: their numbers on the way in, an answer about their dossier on the way out.

Both lie in the vault. What is stored, and what the bot sees, is a placeholder on the way in and a note on the way out.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace

from gateway.inbox import Inbox, Message
from gateway.intake import MAX_LENGTH, Intake, take_in
from gateway.outbox import Reply
from motcua.dossiers.second_factor import NUMBERS, SPOKEN_DIGITS
from motcua.vault import Vault

_MAY_HOLD_DIGITS = re.compile(rf"(?:\d\D{{0,3}}){{4}}|{SPOKEN_DIGITS.pattern}", re.IGNORECASE)


class Privacy:
    """The way into the vault and out of it."""

    def __init__(self, vault: Vault, inbox: Inbox) -> None:
        self._vault, self._inbox = vault, inbox

    async def take_in(self, conversation: str, text: str, *, has_attachment: bool = False) -> Intake:
        """The message as it may be stored; numbers that can open a dossier are in the vault when this returns."""
        if len(text) > MAX_LENGTH or _MAY_HOLD_DIGITS.search(text):
            taken = await asyncio.to_thread(self._taken, conversation, text, has_attachment=has_attachment)
        else:  # most messages: what asks no database needs no thread
            taken = take_in(text, has_attachment=has_attachment)
        if numbers := [number for number in taken.numbers if number.kind in NUMBERS]:
            await asyncio.to_thread(self._vault.put, conversation, numbers)
        return taken

    def masked(self, conversation: str, text: str) -> str:
        """The same of words that are no citizen's, or that no action will see: their numbers are gone."""
        return self._taken(conversation, text).text

    def revealed(self, conversation: str, reply: Reply) -> Reply:
        """A reply as it is delivered: a private one with its text, or with the note that it has expired.

        `expires_to` is what may be kept of it on a device.
        """
        if "private" not in reply:
            return reply
        shown = {name: value for name, value in reply.items() if name != "private"}
        text = self._vault.get(conversation, reply["private"])
        return shown if text is None else {**shown, "text": text, "expires_to": reply["text"]}

    async def shown(self, message: Message) -> Message:
        """A message with its replies as they are delivered."""
        if not any("private" in reply for reply in message.replies or ()):
            return message
        return await asyncio.to_thread(self._shown, message)

    async def all_shown(self, messages: Sequence[Message]) -> list[Message]:
        """A conversation as its citizen sees it."""
        return [await self.shown(message) for message in messages]

    def _shown(self, message: Message) -> Message:
        return replace(message, replies=tuple(self.revealed(message.conversation, reply) for reply in message.replies or ()))

    def _taken(self, conversation: str, text: str, *, has_attachment: bool = False) -> Intake:
        expects = bool(_MAY_HOLD_DIGITS.search(text)) and self._inbox.expects_digits(conversation)
        return take_in(text, has_attachment=has_attachment, expects_digits=expects)
