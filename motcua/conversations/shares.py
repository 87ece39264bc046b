"""Shares, how sure they are, and how often answers were right by the turns that reviewers have judged."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.engine import Connection

from motcua.conversations.moments import begin_of, first_id
from motcua.conversations.schema import REVIEWS, TURNS

_Z = 1.959964  # 95 %


@dataclass(frozen=True)
class Share:
    """So many of all."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the true share lies with 95 % confidence (Wilson), however few were looked at; None of nothing."""
        if not self.whole:
            return None
        share, squared = self.part / self.whole, _Z**2
        middle = share + squared / (2 * self.whole)
        spread = _Z * sqrt(share * (1 - share) / self.whole + squared / (4 * self.whole**2))
        low, high = ((middle + sign * spread) / (1 + squared / self.whole) for sign in (-1, 1))
        return max(low, 0.0), min(high, 1.0)


def judged_right(connection: Connection, *, since: date, until: date, channel: str | None = None) -> Share:
    """Of the judged turns between two days, both included, those that every one of their reviewers found right."""
    first, behind = (first_id(begin_of(day)) for day in (since, until + timedelta(days=1)))
    is_meant = [REVIEWS.c.turn >= first, REVIEWS.c.turn < behind, TURNS.c.status.isnot(None)]
    if channel is not None:
        is_meant.append(TURNS.c.channel == channel)
    all_say_so = func.min(cast(REVIEWS.c.is_right, Integer)).label("right")
    turns = select(all_say_so).join(TURNS, TURNS.c.id == REVIEWS.c.turn).where(*is_meant).group_by(REVIEWS.c.turn).subquery()
    whole, part = connection.execute(select(func.count(), func.coalesce(func.sum(turns.c.right), 0)).select_from(turns)).one()
    return Share(int(part), int(whole))
