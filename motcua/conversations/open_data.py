"""Figures for everybody: counts by month without a person in them, small ones left out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy.engine import Connection

from motcua.conversations.counting import days_of, month_of
from motcua.conversations.figures import Figure, figures_by, figures_by_channel

OPEN_COLUMNS = ("month", "by", "value", "ended", "turns")
SMALLEST = 5  # a smaller count could point at somebody
_BY = ("hour", "procedure", "place")


def open_rows(
    connection: Connection, *, since: date, until: date, today: date
) -> Iterator[tuple[str, str, str, str, int | None]]:
    """OPEN_COLUMNS of every month between two days that is over; None for a count that is kept back."""
    for month in range(month_of(since), min(month_of(until) + 1, month_of(today))):
        first, last = days_of(month)
        counted = {"channel": figures_by_channel(connection, since=first, until=last)}
        counted |= {by: figures_by(connection, by, since=first, until=last) for by in _BY}
        for by, figures in counted.items():
            for ended, cells in _cells(figures).items():
                yield from ((first.strftime("%Y-%m"), by, value, ended, turns) for value, turns in kept_back(cells).items())


def kept_back(cells: Mapping[str, int]) -> dict[str, int | None]:
    """The counts without the small ones; one that could be told from the sum of all takes the next smallest with it."""
    small = {value for value, turns in cells.items() if turns < SMALLEST}
    others = sorted(cells.keys() - small, key=lambda value: (cells[value], value))
    if small and others and (len(small) == 1 or sum(cells[value] for value in small) < SMALLEST):
        small.add(others[0])
    return {value: None if value in small else turns for value, turns in sorted(cells.items())}


def _cells(figures: Mapping[str, Figure]) -> Mapping[str, Mapping[str, int]]:
    """How a turn ended → value → turns; without those that have not ended."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for value, figure in figures.items():
        for ended, turns in figure.families().items():
            if ended and turns:
                found[ended][value] = turns
    return dict(sorted(found.items()))
