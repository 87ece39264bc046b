"""Places found in a text, as offsets of the very text that was given."""

import re
import unicodedata
from dataclasses import dataclass

from motcua.vietnamese.folding import fold

_LETTER = re.compile("(?s).[\u0300-\u036f]*")
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Found:
    """A number and where it stands."""

    value: float
    start: int
    end: int


@dataclass(frozen=True)
class Plain:
    """A text letter by letter in lower case, composed and folded, with where each letter stood."""

    composed: str
    folded: str
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Those places of the plain text as offsets of the given one."""
        return self.starts[start], self.starts[end]

    def words(self) -> list[tuple[str, str, int, int]]:
        """(composed, folded, start, end) of each word or figure; places of the plain text."""
        spans = [found.span() for found in _WORD.finditer(self.composed)]
        return [(self.composed[start:end], self.folded[start:end], start, end) for start, end in spans]


def plain(text: str) -> Plain:
    """The plain form of any text, whatever its Unicode form."""
    composed, folded, starts = [], [], []
    for found in _LETTER.finditer(text):
        bare = fold(found[0])
        bare = bare if len(bare) == 1 else found[0][0]
        letter = _composed(found[0])
        composed.append(letter)
        folded.append(bare)
        starts.append(found.start())
    return Plain("".join(composed), "".join(folded), (*starts, len(text)))


def _composed(letters: str) -> str:
    lower = unicodedata.normalize("NFC", letters.lower())
    return lower if len(lower) == 1 else letters[0]
