"""Events we make nothing of, remembered by name and shape, so that a new one is noticed and can be learnt from."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from gateway.database import Database
from gateway.zalo.tables import UNHANDLED


class Unhandled:
    """How often each came, and what the last one looked like: the table zalo_unhandled_events."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock

    def note(self, name: str, event: dict[str, Any]) -> None:
        """One more of them. No value of it is kept: they may be anything, a phone number too."""
        mine = UNHANDLED.c.name == name[:64]
        values = {"shape": json.dumps(shape(event)), "last_at": self._clock()}
        again = UNHANDLED.update().where(mine).values(count=UNHANDLED.c["count"] + 1, **values)

        def job(connection: Connection) -> None:
            if not connection.execute(again).rowcount:
                connection.execute(UNHANDLED.insert().values(name=name[:64], count=1, **values))

        try:
            self._database.write(job)
        except IntegrityError:  # another process noted the first one this very moment
            self.note(name, event)


def shape(value: Any) -> Any:
    """Names and types of a value."""
    if isinstance(value, dict):
        return {str(name): shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value[:1]]
    return type(value).__name__
