"""The brake on guessing: five tries that fail, by one person or at one code, then a pause."""

import time
from collections.abc import Callable, Sequence

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine

from motcua.dossiers.tables import TRIES

MAX_TRIES = 5
PAUSE_SECONDS = 15 * 60.0
# Four digits are few: with five tries each quarter of an hour one dossier would be open in ten days. So a day takes ten.
MAX_TRIES_A_DAY = 10
DAY_SECONDS = 24 * 3600.0


class Brake:
    """Counts tries by subject ("person:…", "code:…"), in a table that all processes share."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine, self._clock = engine, clock
        self._writes = engine.execution_options(writes=True)

    def holds(self, subjects: Sequence[str]) -> bool:
        """Whether one of these subjects has to wait now."""
        with self._engine.connect() as connection:
            return any(self._is_over(connection, subject, tried=0) for subject in subjects)

    def reserve(self, subjects: Sequence[str]) -> list[int] | None:
        """Counts a try before it is made, so that tries made at once do not slip through together; None: it must not be made.

        The ids are for `give_back`, if the try was right.
        """
        moment = self._clock()
        with self._writes.begin() as connection:
            ids = [self._note(connection, subject, moment) for subject in subjects]
        with self._writes.begin() as connection:
            if not any(self._is_over(connection, subject, tried=1) for subject in subjects):
                return ids
            connection.execute(TRIES.delete().where(TRIES.c.id.in_(ids)))  # waiting makes no pause longer
            return None

    def give_back(self, ids: Sequence[int]) -> None:
        """The try was right: it does not count."""
        with self._writes.begin() as connection:
            connection.execute(TRIES.delete().where(TRIES.c.id.in_(ids)))

    def purge(self) -> None:
        """Forgets tries that count no longer."""
        with self._writes.begin() as connection:
            connection.execute(TRIES.delete().where(TRIES.c.at <= self._clock() - DAY_SECONDS))

    def _note(self, connection: Connection, subject: str, moment: float) -> int:
        (made,) = connection.execute(TRIES.insert().values(subject=subject, at=moment)).inserted_primary_key
        return int(made)

    def _is_over(self, connection: Connection, subject: str, *, tried: int) -> bool:
        """Whether the tries of this subject, of which the last `tried` are being made, leave no room."""
        for seconds, most in ((PAUSE_SECONDS, MAX_TRIES), (DAY_SECONDS, MAX_TRIES_A_DAY)):
            mine = (TRIES.c.subject == subject, TRIES.c.at > self._clock() - seconds)
            if connection.execute(select(func.count()).where(*mine)).scalar_one() - tried >= most:
                return True
        return False
