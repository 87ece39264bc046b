"""The audit trail: which conversation asked for which dossier, when, and what it was shown. No number, no detail."""

import time
from collections.abc import Callable
from typing import Literal

from sqlalchemy.engine import Engine

from motcua.dossiers.tables import AUDIT

Outcome = Literal[
    "stage_shown", "details_shown", "unknown", "not_verified", "paused", "registry_down", "subscribed", "cancelled"
]
KEPT_SECONDS = 180 * 24 * 3600.0


class Audit:
    """Writes the trail; `dossier_audit` is read with SQL by whoever has to answer for it."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._clock, self._writes = clock, engine.execution_options(writes=True)

    def note(self, person: str, code: str, outcome: Outcome) -> None:
        """One more line."""
        line = AUDIT.insert().values(at=self._clock(), person=person, code=code, outcome=outcome)
        with self._writes.begin() as connection:
            connection.execute(line)

    def forget(self, person: str) -> None:
        """A person erased their conversation: the lines stay, for the owners of the dossiers, and name nobody."""
        with self._writes.begin() as connection:
            connection.execute(AUDIT.update().where(AUDIT.c.person == person).values(person=""))

    def purge(self) -> None:
        """Forgets what is older than half a year."""
        with self._writes.begin() as connection:
            connection.execute(AUDIT.delete().where(AUDIT.c.at <= self._clock() - KEPT_SECONDS))
