"""What a channel gives us → what is stored: personal numbers masked, wordless or endless messages named as such."""

import re
import unicodedata
from dataclasses import dataclass

from motcua.conversations.redaction import mask
from motcua.vietnamese.canonical import canonical

MAX_LENGTH = 1000  # characters a turn is read for; a question to an office is rarely longer than 300
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Intake:
    """The redacted text, and the signal that takes its place where it cannot be read as a question."""

    text: str
    signal: str | None


def take_in(text: str, *, has_attachment: bool = False) -> Intake:
    """The message as it may be stored; nothing of it is cut."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # half an emoji, cut off by a phone, cannot be stored
    said = canonical(text)
    masked = mask(unicodedata.normalize("NFC", text)).text
    if has_attachment and not said:
        return Intake(masked, "send_attachment")
    if not _WORD.search(said):
        return Intake(masked, "send_nothing")
    if len(said) > MAX_LENGTH:
        return Intake(masked, "send_too_much")
    return Intake(masked, None)
