"""Times and the ids made from them. A day is a day in Vietnam."""

import secrets
import time
from datetime import UTC, date, datetime, timedelta

HOUR_MS = 3600 * 1000
DAY_MS = 24 * HOUR_MS
VIETNAM_MS = 7 * HOUR_MS  # ahead of UTC, without summer time
RANDOM_BITS = 10
_FIRST_DAY = date(1970, 1, 1)


def now_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def ms_of(moment: datetime) -> int:
    """Milliseconds since 1970; a moment without a zone is in UTC, as SQLite gives them back."""
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)


def local_time(at: int) -> str:
    """That millisecond in Vietnam, as tables and spreadsheets read it: "2026-11-18 09:00:00"."""
    return datetime.fromtimestamp((at + VIETNAM_MS) // 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def new_id(at: int) -> int:
    """An id for what happened at this millisecond, above the ids of every earlier one; below 2**53 until the year 2248."""
    return first_id(at) | secrets.randbits(RANDOM_BITS)


def first_id(at: int) -> int:
    """The lowest id of that millisecond."""
    return at << RANDOM_BITS


def at_of(turn: int) -> int:
    """The millisecond an id was made for."""
    return turn >> RANDOM_BITS


def day_number(at: int) -> int:
    """Days since 1970 in Vietnam."""
    return (at + VIETNAM_MS) // DAY_MS


def number_of(day: date) -> int:
    """Days since 1970."""
    return (day - _FIRST_DAY).days


def day_of(number: int) -> date:
    """The day of that number."""
    return _FIRST_DAY + timedelta(days=number)


def begin_of(day: date) -> int:
    """The first millisecond of a day."""
    return number_of(day) * DAY_MS - VIETNAM_MS
