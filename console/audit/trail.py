"""The audit trail: written in the transaction of what it tells of, each row sealed over the one before."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from console.audit.acts import Act
from console.keys import Keys, is_same
from console.tables import AUDIT
from motcua.database import take_turn

FIRST_SEAL = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One act: when (seconds since 1970), by whom (a login, or empty), and what it was done to."""

    id: int
    at: float
    by: str
    act: Act
    subject: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """How many entries are as they were written, the seal of the last of them, and the first that is not."""

    sound: int
    seal: str
    broken: int | None = None


class Trail:
    """Adds to the trail, and tells whether it is whole."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def append(self, connection: Connection, act: Act, *, at: float, by: str, subject: str = "", **details: Any) -> None:
        """Adds an act to the transaction in which it is done. Details are shown to staff: no secrets, no citizens' data."""
        take_turn(connection, "motcua.console.audit")
        last = connection.execute(select(AUDIT.c.id, AUDIT.c.seal).order_by(AUDIT.c.id.desc()).limit(1)).first()
        entry = Entry((last.id if last else 0) + 1, at, by, act, subject, details)
        seal = self._seal(entry, last.seal if last else FIRST_SEAL)
        told = json.dumps(details, ensure_ascii=False, sort_keys=True)
        connection.execute(
            insert(AUDIT).values(id=entry.id, at=at, by=by, act=act.value, subject=subject, details=told, seal=seal)
        )

    def verify(self, connection: Connection) -> Verdict:
        """Reads the whole trail; stops at the first entry that was changed, added or whose predecessor is missing."""
        verdict = Verdict(0, FIRST_SEAL)
        for entry, seal in _all(connection):
            if entry.id != verdict.sound + 1 or not is_same(seal, self._seal(entry, verdict.seal)):
                return Verdict(verdict.sound, verdict.seal, broken=entry.id)
            verdict = Verdict(entry.id, seal)
        return verdict

    def _seal(self, entry: Entry, before: str) -> str:
        # repr of a float is exact, and both databases keep all of its 64 bits.
        row = [before, entry.id, repr(entry.at), entry.by, entry.act, entry.subject, entry.details]
        return self._keys.digest("audit", json.dumps(row, ensure_ascii=False, sort_keys=True))


def read_entry(row: Any) -> Entry:
    """An entry from its row."""
    return Entry(row.id, row.at, row.by, Act(row.act), row.subject, json.loads(row.details))


def _all(connection: Connection) -> Iterator[tuple[Entry, str]]:
    rows = connection.execution_options(stream_results=True).execute(select(AUDIT).order_by(AUDIT.c.id))
    for row in rows:
        yield read_entry(row), row.seal
