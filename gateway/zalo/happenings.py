"""What can happen on a channel, whichever API told us."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["said", "followed", "staff_replied", "withdrew", "echoed", "ignored", "unknown"]


@dataclass(frozen=True)
class Happening:
    """One event, normalised: who, on which account, and what we make of it."""

    kind: Kind
    account: str
    person: str
    external_id: str = ""
    text: str = ""
    has_attachment: bool = False
