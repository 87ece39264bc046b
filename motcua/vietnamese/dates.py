"""Days that a text tells, solar and lunar, exact and relative to today."""

from dataclasses import dataclass
from datetime import date

from motcua.vietnamese.date_phrases import PHRASES
from motcua.vietnamese.spans import plain


@dataclass(frozen=True)
class FoundDate:
    """From which day to which (one day: the same twice), and where the text tells it."""

    first: date
    last: date
    start: int
    end: int


def find_dates(text: str, today: date) -> list[FoundDate]:
    """The days of a text in order: "ngày 5/3", "rằm tháng bảy", "25 tết", "hôm kia", "tuần trước", "3 ngày nữa".

    A day without its year is the one nearest to today.
    """
    given = plain(text)
    found: list[FoundDate] = []
    taken: list[tuple[int, int]] = []
    for pattern, reading in PHRASES:
        for match in pattern.finditer(given.folded):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if days := reading(match, today):
                taken.append(match.span())
                found.append(FoundDate(*days, *given.span(*match.span())))
    return sorted(found, key=lambda each: each.start)
