"""What everything in the console stands on."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from console.audit.acts import Act
from console.audit.trail import Trail
from console.database import Database
from console.keys import Keys
from console.settings import ConsoleSettings


@dataclass(frozen=True)
class Foundation:
    """The database, the keys, the audit trail, and the clock (seconds since 1970)."""

    database: Database
    keys: Keys
    trail: Trail
    clock: Callable[[], float] = time.time

    def note(self, connection: Connection, act: Act, *, by: str, subject: str = "", **details: Any) -> None:
        """Writes an act into the audit trail, in the transaction in which it is done; `by` is a login."""
        self.trail.append(connection, act, at=self.clock(), by=by, subject=subject, **details)


def open_foundation(settings: ConsoleSettings, clock: Callable[[], float] = time.time) -> Foundation:
    """Opens the database, bringing its tables up to date."""
    keys = Keys(settings.secret)
    return Foundation(Database(settings.database_url), keys, Trail(keys), clock)
