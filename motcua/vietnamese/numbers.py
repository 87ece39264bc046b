"""Numbers as people say them when they choose from a list."""

import re

from motcua.vietnamese.terms import terms

_WORDS = {
    "mot": 1, "nhat": 1, "dau": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5,
}  # fmt: skip
_LAST = {"cuoi", "cung", "chot"}


def choice_number(text: str, count: int) -> int | None:
    """Which of `count` choices a text picks (1 is the first), or None: "2", "số 2", "cái thứ ba", "cái cuối"."""
    said = terms(text)
    digits = [int(term) for term in said if re.fullmatch(r"\d{1,2}", term)]
    words = [_WORDS[term] for term in said if term in _WORDS]
    picked = digits or words
    if not picked and _LAST & set(said):
        return count
    return picked[0] if picked and 1 <= picked[0] <= count else None
