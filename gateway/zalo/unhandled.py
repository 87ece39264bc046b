"""Events we make nothing of, remembered by name and shape, so that a new one is noticed and can be learnt from."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from gateway.database import Database
from gateway.zalo.tables import UNHANDLED


class Unhandled:
    """How often each came, and what the last one looked like."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock

    def note(self, name: str, event: dict[str, Any]) -> None:
        """One more of them. No value of it is kept: they may be anything, a phone number too."""
        mine = UNHANDLED.c.name == name[:64]
        values = {"shape": json.dumps(shape(event)), "last_at": self._clock()}
        with self._database.writing() as connection:
            if not connection.execute(UNHANDLED.update().where(mine).values(count=UNHANDLED.c.count + 1, **values)).rowcount:
                connection.execute(UNHANDLED.insert().values(name=name[:64], count=1, **values))

    def counts(self) -> dict[str, int]:
        """How many came, by name."""
        with self._database.reading() as connection:
            return {row.name: row.count for row in connection.execute(select(UNHANDLED.c.name, UNHANDLED.c.count))}


def shape(value: Any) -> Any:
    """Names and types of a value."""
    if isinstance(value, dict):
        return {str(name): shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value[:1]]
    return type(value).__name__
