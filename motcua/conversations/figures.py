"""Figures for dashboards: how many turns of what kind, and what citizens thought of them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import false, func, or_, select
from sqlalchemy.engine import Connection

from motcua.conversations.counting import WAITS, counted_months, days_of, month_of
from motcua.conversations.moments import day_of, number_of
from motcua.conversations.schema import DAILY, MONTHLY


@dataclass
class Figure:
    """How many turns, by their status, and what citizens thought of them."""

    statuses: Counter[str] = field(default_factory=Counter)
    helpful: int = 0
    unhelpful: int = 0

    @property
    def turns(self) -> int:
        """All of them."""
        return self.statuses.total()

    @property
    def ended(self) -> int:
        """Those with a status: the others are on their way, or lost their bot."""
        return self.turns - self.statuses[""]

    def families(self) -> Counter[str]:
        """How many were answered, asked, declined, handed, failed …; "" where nothing answered."""
        found = Counter[str]()
        for status, turns in self.statuses.items():
            found[status.split("_")[0]] += turns
        return found


def figures_by(
    connection: Connection, dimension: str, *, since: date, until: date, channel: str | None = None
) -> dict[str, Figure]:
    """The figures of each value of a dimension, from one day to another, both included."""
    found = defaultdict[str, Figure](Figure)
    for value, *row in _read(connection, "value", dimension, since, until, channel):
        _add(found[value], row)
    return dict(found)


def figures_by_day(connection: Connection, *, since: date, until: date, channel: str | None = None) -> dict[date, Figure]:
    """The figures of each day that has some, in order."""
    found = defaultdict[date, Figure](Figure)
    for day, *row in _read(connection, "day", "all", since, until, channel):
        _add(found[day_of(day)], row)
    return dict(sorted(found.items()))


def figures_by_channel(connection: Connection, *, since: date, until: date) -> dict[str, Figure]:
    """The figures of each channel."""
    found = defaultdict[str, Figure](Figure)
    for channel, *row in _read(connection, "channel", "all", since, until, None):
        _add(found[channel], row)
    return dict(found)


def waited_at_most(figures: Mapping[str, Figure], share: float) -> int | None:
    """The wait in ms that this share of the turns did not exceed, of WAITS; None where it is more, or nothing is known."""
    needed, counted = share * sum(figure.turns for figure in figures.values()), 0
    for wait in WAITS:
        counted += figures[str(wait)].turns if str(wait) in figures else 0
        if counted and counted >= needed:
            return wait
    return None


def _read(
    connection: Connection, by: str, dimension: str, since: date, until: date, channel: str | None
) -> Sequence[Sequence[Any]]:
    """(value of `by`, status, turns, helpful, unhelpful), several times for the same value where it is counted in parts."""
    months, spans = _parts(since, until, set() if by == "day" else counted_months(connection))
    in_spans = or_(false(), *(DAILY.c.day.between(number_of(first), number_of(last)) for first, last in spans))
    parts = [(DAILY, in_spans)] if spans else []
    parts += [(MONTHLY, MONTHLY.c.month.in_(months))] if months else []
    found: list[Sequence[Any]] = []
    for table, is_in_part in parts:
        sums = [func.sum(table.c[name]) for name in ("turns", "helpful", "unhelpful")]
        query = select(table.c[by], table.c.status, *sums).group_by(table.c[by], table.c.status)
        query = query.where(table.c.dimension == dimension, is_in_part)
        found += connection.execute(query if channel is None else query.where(table.c.channel == channel)).all()
    return found


def _parts(since: date, until: date, counted: Set[int]) -> tuple[list[int], list[tuple[date, date]]]:
    """The whole months that are counted as such, and the spans of days between them."""
    months: list[int] = []
    spans: list[tuple[date, date]] = []
    for month in range(month_of(since), month_of(until) + 1):
        first, last = days_of(month)
        if month in counted and since <= first and last <= until:
            months.append(month)
        else:
            spans.append((max(first, since), min(last, until)))
    return months, spans


def _add(figure: Figure, row: Sequence[Any]) -> None:
    status, turns, helpful, unhelpful = row
    figure.statuses[status] += int(turns)
    figure.helpful += int(helpful)
    figure.unhelpful += int(unhelpful)
