"""Finding entries of the audit trail, newest first."""

from dataclasses import dataclass
from operator import eq, ge, lt
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from console.audit.trail import Entry, read_entry
from console.tables import AUDIT

PAGE = 50


@dataclass(frozen=True)
class Search:
    """What to look for; empty means all. `since` and `until` are seconds since 1970, `before` an entry's id."""

    by: str = ""
    act: str = ""
    subject: str = ""
    since: float | None = None
    until: float | None = None
    before: int | None = None


def find_entries(connection: Connection, search: Search) -> tuple[list[Entry], bool]:
    """A page of entries, and whether there are older ones."""
    query = select(AUDIT).where(*_conditions(search)).order_by(AUDIT.c.id.desc()).limit(PAGE + 1)
    found = [read_entry(row) for row in connection.execute(query)]
    return found[:PAGE], len(found) > PAGE


def _conditions(search: Search) -> list[Any]:
    wanted = (
        (AUDIT.c.by, eq, search.by),
        (AUDIT.c.act, eq, search.act),
        (AUDIT.c.subject, eq, search.subject),
        (AUDIT.c.at, ge, search.since),
        (AUDIT.c.at, lt, search.until),
        (AUDIT.c.id, lt, search.before),
    )
    return [compare(column, value) for column, compare, value in wanted if value not in ("", None)]
