"""Sessions: kept here, so that they can be ended here; the browser holds a token that means nothing elsewhere."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from console.foundation import Foundation
from console.keys import new_token
from console.people.person import Person, read_person
from console.tables import PEOPLE, SESSIONS

IDLE, WHOLE_DAY, HALF = 30 * 60, 12 * 3600, 10 * 60  # seconds
_NOTICED = 60  # seconds between two notes that somebody is still there


class Stage(StrEnum):
    """How far somebody has come in signing in."""

    HALF = "half"  # the password was right; the code is still to come
    WHOLE = "whole"
    OUTSIDE = "outside"  # signed in by OpenID Connect: the provider asked for whatever it asks


@dataclass(frozen=True)
class Session:
    """Who is signed in, and how far."""

    person: Person
    stage: Stage


class Sessions:
    """Begins, finds and ends sessions."""

    def __init__(self, foundation: Foundation) -> None:
        self._foundation = foundation

    def begin(self, connection: Connection, person: int, stage: Stage) -> str:
        """A new session; returns the token for the browser. What has run out is swept."""
        token, now = new_token(), self._foundation.clock()
        connection.execute(delete(SESSIONS).where(SESSIONS.c.created_at < now - WHOLE_DAY))
        row = {"digest": self._digest(token), "person": person, "stage": stage.value, "created_at": now, "seen_at": now}
        connection.execute(insert(SESSIONS).values(**row))
        if stage is not Stage.HALF:
            connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(seen_at=now))
        return token

    def find(self, token: str, *, is_active: bool = True) -> Session | None:
        """The session of a token, if it has not run out; where somebody is active, it is kept alive."""
        now, digest = self._foundation.clock(), self._digest(token)
        query = select(PEOPLE, SESSIONS.c.stage, SESSIONS.c.created_at.label("begun_at"), SESSIONS.c.seen_at.label("used_at"))
        with self._foundation.database.reading() as connection:
            row = connection.execute(query.join_from(SESSIONS, PEOPLE).where(SESSIONS.c.digest == digest)).first()
        if row is None or not row.is_active or _has_run_out(row, now):
            return None
        if is_active and row.used_at < now - _NOTICED:
            with self._foundation.database.writing() as connection:
                connection.execute(update(SESSIONS).where(SESSIONS.c.digest == digest).values(seen_at=now))
        return Session(read_person(row), Stage(row.stage))

    def end(self, connection: Connection, token: str) -> None:
        """Ends one session."""
        connection.execute(delete(SESSIONS).where(SESSIONS.c.digest == self._digest(token)))

    def end_all(self, connection: Connection, person: int, *, but: str | None = None) -> None:
        """Ends every session of a person, except perhaps the one of this token."""
        kept = () if but is None else (SESSIONS.c.digest != self._digest(but),)
        connection.execute(delete(SESSIONS).where(SESSIONS.c.person == person, *kept))

    def count(self, connection: Connection, person: int) -> int:
        """How many sessions a person has open."""
        query = select(func.count()).where(SESSIONS.c.person == person, SESSIONS.c.seen_at > self._foundation.clock() - IDLE)
        return int(connection.execute(query).scalar_one())

    def _digest(self, token: str) -> str:
        return self._foundation.keys.digest("session", token)


def _has_run_out(row: object, now: float) -> bool:
    begun_at, used_at, stage = row.begun_at, row.used_at, row.stage  # type: ignore[attr-defined]
    longest = HALF if stage == Stage.HALF else WHOLE_DAY
    return bool(begun_at < now - longest or used_at < now - IDLE)
