"""Days as people type them."""

from datetime import date


def read_day(typed: str) -> date | None:
    """The day of "2026-11-26"; None for what is none, or not of this time."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2999 else None
