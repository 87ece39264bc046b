"""Counting turns for dashboards: a day at a time, and a month once it is over; what has changed since is counted anew."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

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
    now_ms,
    number_of,
)
from motcua.conversations.schema import DAILY, MONTHLY, STALE_DAYS, TURNS

WAITS = (250, 500, 1000, 2000, 5000, 10000, 30000)  # ms; a turn counts for the first it does not exceed, else for "more"
_MARK = text("INSERT INTO stale_days (day) VALUES (:day) ON CONFLICT (day) DO UPDATE SET day = excluded.day")
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


def mark_stale(connection: Connection, turns: Iterable[int]) -> None:
    """The days of these turns are to be counted anew. Locks them on PostgreSQL, so that no count misses a turn."""
    for day in sorted({day_number(at_of(turn)) for turn in turns}):
        connection.execute(_MARK, {"day": day})


def refresh_figures(connection: Connection, *, today: date | None = None) -> None:
    """Counts anew the days that have changed; needs a transaction that writes."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('motcua.figures'))"))
    days = sorted(connection.execute(select(STALE_DAYS.c.day)).scalars())
    if not days:
        return
    connection.execute(STALE_DAYS.delete().where(STALE_DAYS.c.day.in_(days)))
    _count_days(connection, days)
    connection.execute(MONTHLY.delete().where(MONTHLY.c.month.in_({month_of(day_of(day)) for day in days})))
    for month in _months_to_count(connection, today or day_of(day_number(now_ms()))):
        _count_month(connection, month)


def month_of(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def days_of(month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    first, behind = (date(number // 12, number % 12 + 1, 1) for number in (month, month + 1))
    return first, day_of(number_of(behind) - 1)


def counted_months(connection: Connection) -> set[int]:
    """The months that are over and counted as a whole."""
    return set(connection.execute(select(MONTHLY.c.month).where(MONTHLY.c.dimension == "all").distinct()).scalars())


def _count_days(connection: Connection, days: Sequence[int]) -> None:
    connection.execute(DAILY.delete().where(DAILY.c.day.in_(days)))
    span = (first_id(begin_of(day_of(days[0]))), first_id(begin_of(day_of(days[-1] + 1))))
    changed = and_(TURNS.c.id >= span[0], TURNS.c.id < span[1], _DAY.in_(days))
    opinions = [func.coalesce(func.sum(case((TURNS.c.helpful.is_(is_so), 1), else_=0)), 0) for is_so in (True, False)]
    for name, value in DIMENSIONS.items():
        columns = [literal(name), _DAY, func.coalesce(TURNS.c.channel, ""), value, func.coalesce(TURNS.c.status, "")]
        query = select(*columns, func.count(), *opinions).where(changed, value.isnot(None)).group_by(text("2, 3, 4, 5"))
        connection.execute(DAILY.insert().from_select([column.name for column in DAILY.c], query))


def _months_to_count(connection: Connection, today: date) -> list[int]:
    days = connection.execute(select(DAILY.c.day).where(DAILY.c.dimension == "all").distinct()).scalars()
    over = {month for month in (month_of(day_of(day)) for day in days) if month < month_of(today)}
    return sorted(over - counted_months(connection))


def _count_month(connection: Connection, month: int) -> None:
    first, last = map(number_of, days_of(month))
    names = ("dimension", "channel", "value", "status")
    sums = [func.sum(DAILY.c[name]) for name in ("turns", "helpful", "unhelpful")]
    query = select(literal(month), *(DAILY.c[name] for name in names), *sums).where(DAILY.c.day.between(first, last))
    query = query.group_by(*(DAILY.c[name] for name in names))
    connection.execute(MONTHLY.insert().from_select(["month", *names, "turns", "helpful", "unhelpful"], query))
