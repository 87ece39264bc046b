"""The second factor: the last digits of a number that stands in the dossier."""

import hmac
import re
from collections.abc import Iterable

from motcua.dossiers.registry import Dossier
from motcua.vietnamese.folding import fold

NUMBERS = ("identity_number", "phone", "last_digits")  # the kinds of the vault that may open a dossier
DIGITS = 4
_NOBODY = "----"  # what is compared with where there is no dossier or no number, so that it takes as long
_WORDS = {
    "không": "0", "một": "1", "mốt": "1", "hai": "2", "ba": "3", "bốn": "4", "tư": "4", "năm": "5", "lăm": "5", "sáu": "6",
    "bảy": "7", "bẩy": "7", "tám": "8", "chín": "9",
}  # fmt: skip
_READ = {fold(word): digit for word, digit in _WORDS.items()}
_WORD = "|".join(sorted({*_WORDS, *_READ}))
SPOKEN_DIGITS = re.compile(rf"(?<!\w)(?:{_WORD})(?:[\s,.-]+(?:{_WORD})){{3,11}}(?!\w)", re.IGNORECASE)


def last_digits(typed: str) -> str:
    """The last four digits of what was typed or spoken: "0012", "0 0 1 2", "không không một hai"; else ""."""
    spoken = SPOKEN_DIGITS.search(typed)
    words = re.findall(r"\w+", fold(spoken[0])) if spoken else []
    digits = "".join(_READ[word] for word in words) or re.sub(r"\D", "", typed)
    return digits[-DIGITS:] if len(digits) >= DIGITS else ""


def is_owners(dossier: Dossier | None, typed: Iterable[str]) -> bool:
    """Whether one of these is the end of a number in the dossier; it takes as long whatever is right, and without a dossier."""
    ends = [dossier.identity_ends, dossier.phone_ends] if dossier else ["", ""]
    is_right = False
    for given in typed:
        for end in ends:
            is_same = hmac.compare_digest(last_digits(given).encode(), (end or _NOBODY).encode())
            is_right |= is_same and len(end) == DIGITS
    return is_right
