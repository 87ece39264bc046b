"""What everything in the console stands on."""

import time
from collections.abc import Callable
from dataclasses import dataclass

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


def open_foundation(settings: ConsoleSettings, clock: Callable[[], float] = time.time) -> Foundation:
    """Opens the database, bringing its tables up to date."""
    keys = Keys(settings.secret)
    return Foundation(Database(settings.database_url), keys, Trail(keys), clock)
