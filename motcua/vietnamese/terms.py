"""Terms: the folded syllables by which a question and a guide meet, with and without diacritics alike."""

import itertools
import re

from motcua.vietnamese.chat import spell_out
from motcua.vietnamese.folding import fold

_TERM = re.compile(r"[a-z]+|\d+(?:[./-]\d+)*")
# "lý lịch" and "lí lịch", "kỹ" and "kĩ" are both in use; the i/y choice carries no meaning after these consonants.
_I_FOR_Y = re.compile(r"^(h|k|l|m|s|t)y$")


def terms(text: str) -> list[str]:
    """Folded syllables and numbers in order, chat spelling written out: "ĐK khai sinh" → dang ki khai sinh."""
    return [_I_FOR_Y.sub(r"\1i", term) for term in _TERM.findall(fold(spell_out(text)))]


def with_pairs(syllables: list[str]) -> list[str]:
    """The terms and each pair of neighbours, since most Vietnamese words have two syllables."""
    return syllables + [f"{one}_{other}" for one, other in itertools.pairwise(syllables)]
