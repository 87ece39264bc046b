"""Figures for dashboards, counted a day at a time: what has changed since is counted anew when somebody looks."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Integer, String, and_, case, cast, func, literal, literal_column, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from motcua.conversations.moments import (
    DAY_MS,
    HOUR_MS,
    RANDOM_BITS,
    VIETNAM_MS,
    at_of,
    begin_of,
    day_number,
    day_of,
    first_id,
    number_of,
)
from motcua.conversations.schema import DAILY, STALE_DAYS, TURNS

WAITS = (250, 500, 1000, 2000, 5000, 10000, 30000)  # ms; a turn counts for the first it does not exceed, else for "more"
_AT = f"((turns.id >> {RANDOM_BITS}) + {VIETNAM_MS})"
_DAY: ColumnElement[int] = literal_column(f"({_AT} / {DAY_MS})", Integer)
_HOUR: ColumnElement[int] = literal_column(f"({_AT} / {HOUR_MS} % 24)", Integer)
DIMENSIONS: Mapping[str, ColumnElement[str]] = {
    "all": literal(""),
    "hour": cast(_HOUR, String),
    "procedure": TURNS.c.procedure,
    "field": TURNS.c.field,
    "place": TURNS.c.place,
    "wait": case(
        (TURNS.c.ms.is_(None), None), *((TURNS.c.ms <= wait, str(wait)) for wait in WAITS), else_="more"
    ),
}  # fmt: skip


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

    def families(self) -> Counter[str]:
        """How many were answered, asked, declined, handed, failed …; "" where nothing answered."""
        found = Counter[str]()
        for status, turns in self.statuses.items():
            found[status.split("_")[0]] += turns
        return found


def mark_stale(connection: Connection, turn: int) -> None:
    """The day of this turn is to be counted anew. Locks the day on PostgreSQL, so that no count misses the turn."""
    mark = "INSERT INTO stale_days (day) VALUES (:day) ON CONFLICT (day) DO UPDATE SET day = excluded.day"
    connection.execute(text(mark), {"day": day_number(at_of(turn))})


def refresh_figures(connection: Connection) -> None:
    """Counts anew the days that have changed; needs a transaction that writes."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('motcua.figures'))"))
    days = sorted(connection.execute(select(STALE_DAYS.c.day)).scalars())
    if not days:
        return
    connection.execute(STALE_DAYS.delete().where(STALE_DAYS.c.day.in_(days)))
    connection.execute(DAILY.delete().where(DAILY.c.day.in_(days)))
    span = (first_id(begin_of(day_of(days[0]))), first_id(begin_of(day_of(days[-1] + 1))))
    changed = and_(TURNS.c.id >= span[0], TURNS.c.id < span[1], _DAY.in_(days))
    for name, value in DIMENSIONS.items():
        columns = [literal(name), _DAY, func.coalesce(TURNS.c.channel, ""), value, func.coalesce(TURNS.c.status, "")]
        counted = [
            func.count(),
            *(func.coalesce(func.sum(case((TURNS.c.helpful.is_(is_so), 1), else_=0)), 0) for is_so in (True, False)),
        ]
        query = select(*columns, *counted).where(changed, value.isnot(None)).group_by(text("2, 3, 4, 5"))
        connection.execute(DAILY.insert().from_select([column.name for column in DAILY.c], query))


def figures_by(
    connection: Connection, dimension: str, *, since: date, until: date, channel: str | None = None
) -> dict[str, Figure]:
    """The figures of each value of a dimension, from one day to another, both included."""
    found = defaultdict[str, Figure](Figure)
    for value, *row in _read(connection, DAILY.c.value, dimension, since, until, channel):
        _add(found[value], row)
    return dict(found)


def figures_by_day(connection: Connection, *, since: date, until: date, channel: str | None = None) -> dict[date, Figure]:
    """The figures of each day that has some, in order."""
    found = defaultdict[date, Figure](Figure)
    for day, *row in _read(connection, DAILY.c.day, "all", since, until, channel):
        _add(found[day_of(day)], row)
    return dict(sorted(found.items()))


def figures_by_channel(connection: Connection, *, since: date, until: date) -> dict[str, Figure]:
    """The figures of each channel."""
    found = defaultdict[str, Figure](Figure)
    for channel, *row in _read(connection, DAILY.c.channel, "all", since, until, None):
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
    connection: Connection, by: ColumnElement[str], dimension: str, since: date, until: date, channel: str | None
) -> Sequence[Sequence[Any]]:
    sums = [func.sum(DAILY.c[name]) for name in ("turns", "helpful", "unhelpful")]
    query = select(by, DAILY.c.status, *sums).group_by(by, DAILY.c.status)
    query = query.where(DAILY.c.dimension == dimension, DAILY.c.day.between(number_of(since), number_of(until)))
    if channel is not None:
        query = query.where(DAILY.c.channel == channel)
    return connection.execute(query).all()  # type: ignore[no-any-return]


def _add(figure: Figure, row: Sequence[Any]) -> None:
    status, turns, helpful, unhelpful = row
    figure.statuses[status] += int(turns)
    figure.helpful += int(helpful)
    figure.unhelpful += int(unhelpful)
