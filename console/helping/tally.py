"""The tally: how many residents were helped with which procedure. It knows volunteers and places, never a resident."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import ColumnElement

from console.foundation import Foundation
from console.pages import HANOI
from console.people.person import Person
from console.tables import TALLY

WEEK = 7 * 24 * 3600.0  # seconds that a device may have been without a network


@dataclass(frozen=True)
class Count:
    """How often one procedure was helped with today: by this volunteer, and in the whole place."""

    procedure: str
    mine: int
    all: int


class Tally:
    """Counts once for each id, so that a device that is not sure may send again."""

    def __init__(self, foundation: Foundation) -> None:
        self._foundation = foundation

    def add(self, person: Person, procedure: str, *, id: str, at: float | None = None) -> bool:
        """Counts a resident who was helped at that moment (seconds since 1970); False if that id was counted before."""
        now = self._foundation.clock()
        moment = at if at is not None and now - WEEK < at <= now else now
        row = {"id": id, "person": person.id, "place": person.place, "procedure": procedure, "at": moment, "day": _day(moment)}
        try:
            with self._foundation.database.writing() as connection:
                if connection.execute(select(TALLY.c.id).where(TALLY.c.id == id)).first():
                    return False
                connection.execute(insert(TALLY).values(row))
        except IntegrityError:  # the same id came twice at once
            return False
        return True

    def today(self, person: Person) -> list[Count]:
        """By procedure, the most frequent first: what this volunteer counted, and what all of the same place did."""
        mine = self._by_procedure(TALLY.c.person == person.id)
        everybody = self._by_procedure(TALLY.c.place == person.place) if person.place else mine
        counts = [Count(code, mine.get(code, 0), number) for code, number in {**mine, **everybody}.items()]
        return sorted(counts, key=lambda count: (-count.all, count.procedure))

    def _by_procedure(self, whose: ColumnElement[bool]) -> dict[str, int]:
        today = TALLY.c.day == _day(self._foundation.clock())
        query = select(TALLY.c.procedure, func.count()).where(whose, today).group_by(TALLY.c.procedure)
        with self._foundation.database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, HANOI).date().isoformat()
