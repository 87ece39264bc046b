"""Terms: the folded syllables by which a question and a guide meet, with and without diacritics alike."""

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.chat import spell_out
from motcua.vietnamese.folding import fold

_TERM = re.compile(r"[a-z]+|\d+(?:[./-]\d+)*")
# "lý lịch" and "lí lịch", "kỹ" and "kĩ" are both in use; the i/y choice carries no meaning after these consonants.
_I_FOR_Y = re.compile(r"^([hklmst])([yýỳỷỹỵ])$")
_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def terms(text: str) -> list[str]:
    """Folded syllables and numbers in order, chat spelling written out: "ĐK khai sinh" → dang ki khai sinh."""
    return [fold(term) for term in marked_terms(text)]


def marked_terms(text: str) -> list[str]:
    """The same terms with the marks they were typed with: "ĐK khai sinh mất" → đăng kí khai sinh mất."""
    return list(_marked(text))


@lru_cache(maxsize=64)  # within a turn a dozen parts of the assistant ask the same of the same text
def _marked(text: str) -> tuple[str, ...]:
    spelled = canonical(spell_out(text)).lower()
    found = (spelled[term.start() : term.end()] for term in _TERM.finditer(fold(spelled)))
    return tuple(map(with_i, found))


def with_i(word: str) -> str:
    """A syllable, lower case, with the i that some write as y: "lý" → lí."""
    return _I_FOR_Y.sub(lambda found: found[1] + found[2].translate(_I), word)


def pairs(syllables: Sequence[str]) -> list[str]:
    """Each pair of neighbours, since most Vietnamese words have two syllables."""
    return [f"{one}_{other}" for one, other in itertools.pairwise(syllables)]


def with_pairs(syllables: list[str]) -> list[str]:
    """The terms and each pair of neighbours."""
    return syllables + pairs(syllables)
