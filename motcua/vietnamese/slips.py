"""Slips of the fingers: the known syllables one slip away from what was typed, and how unlikely each slip is."""

import re
from functools import cache, lru_cache

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LETTERS = "abcdefghiklmnopqrstuvxy"
# Costs are negative log chances of one certain slip, relative to one another: a neighbouring key is likelier than a far one.
_NEIGHBOUR, _FAR, _DROPPED, _EXTRA, _DOUBLED, _SWAPPED = 4.5, 7.5, 4.5, 4.5, 3.0, 3.5
_FIRST_LETTER = 1.5  # people rarely miss the first letter
_RUN = re.compile(r"(\w)\1+")


@cache
def neighbours() -> dict[str, frozenset[str]]:
    """The letters around each letter on the keyboard."""
    places = {letter: (column + row / 2, row) for row, letters in enumerate(_ROWS) for column, letter in enumerate(letters)}
    return {
        one: frozenset(
            other
            for other, (x, y) in places.items()
            if other != one and abs(x - places[one][0]) <= 1 and abs(y - places[one][1]) <= 1
        )
        for one in places
    }


@lru_cache(maxsize=16384)
def slips(typed: str, known: frozenset[str]) -> dict[str, float]:
    """The known strings one slip away, with what the slip costs."""
    found: dict[str, float] = {}

    def note(meant: str, cost: float) -> None:
        if meant in known and cost < found.get(meant, 99.0):
            found[meant] = cost

    near = neighbours()
    for at in range(len(typed) + 1):
        head, tail = typed[:at], typed[at:]
        first = _FIRST_LETTER if at == 0 else 0.0
        for letter in _LETTERS:
            note(head + letter + tail, _DROPPED + first)
        if not tail:
            continue
        doubled = head.endswith(tail[0])
        note(head + tail[1:], _DOUBLED if doubled else _EXTRA + first)
        if len(tail) > 1:
            note(head + tail[1] + tail[0] + tail[2:], _SWAPPED + first)
        for letter in _LETTERS:
            note(head + letter + tail[1:], (_NEIGHBOUR if letter in near.get(tail[0], ()) else _FAR) + first)
    note(_RUN.sub(r"\1", typed), _DOUBLED)
    found.pop(typed, None)
    return found
