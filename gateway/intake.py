"""What a channel gives us → what is stored: personal numbers masked, wordless or endless messages named as such."""

import re
import unicodedata
from dataclasses import dataclass

from motcua.conversations.redaction import mask
from motcua.vault import Kept
from motcua.vietnamese.canonical import canonical

MAX_LENGTH = 1000  # characters a turn is read for; a question to an office is rarely longer than 300
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Intake:
    """The redacted text, the signal that takes its place where it cannot be read as a question, and the numbers taken out."""

    text: str
    signal: str | None
    numbers: tuple[Kept, ...] = ()


def take_in(text: str, *, has_attachment: bool = False, expects_digits: bool = False) -> Intake:
    """The message as it may be stored; nothing of it is cut. `expects_digits`: the last digits of a number were asked for."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # half an emoji, cut off by a phone, cannot be stored
    said = canonical(text)
    masked = mask(unicodedata.normalize("NFC", text), expects_digits=expects_digits)
    numbers = tuple(Kept(kind, value) for kind, value in masked.found)
    if has_attachment and not said:
        return Intake(masked.text, "send_attachment")
    if not _WORD.search(said):
        return Intake(masked.text, "send_nothing")
    if len(said) > MAX_LENGTH:
        return Intake(masked.text, "send_too_much")
    return Intake(masked.text, None, numbers)
