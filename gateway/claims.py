"""Work in a table, shared by processes: the earliest row of each conversation, taken for a while by one of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Float, Table, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from gateway.database import Database, clock

LEASE_SECONDS = 10.0  # a dead process's work waits this long; a live one renews its claims well before
RENEW_SECONDS = 3.0
SKEW_SECONDS = 30.0  # by which clocks of several machines may differ


class Claims:
    """Claims on the waiting rows of one table. A claim is a lease: it ends by itself, so a dead process holds nothing.

    What ends later than anything written now would was written by a clock that was set back since: it holds nothing either.
    `longest_pause`: seconds that a row of the table may be postponed by.
    """

    def __init__(self, database: Database, table: Table, *conditions: ColumnElement[bool], longest_pause: float) -> None:
        """`conditions` of the rows that may be claimed; what they bind is given to `take`."""
        self._database, self._table, self._longest_pause = database, table, longest_pause
        due = select(table).where(self._is_free(), self._is_first(), *conditions).order_by(table.c.id)
        self._due = due.limit(bindparam("limit")).with_for_update(skip_locked=True)  # SQLite knows no lock of rows
        mine = table.c.id == bindparam("row")
        self._claim = (
            update(table).where(mine, self._is_free()).values(claimed_by=bindparam("owner"), claimed_until=bindparam("lease"))
        )

    def take(self, owner: str, limit: int, **bound: Any) -> list[Any]:
        """Claims up to `limit` rows that are due and first in their conversation; the rows as they were."""
        return self._database.write(lambda connection: self.take_in(connection, owner, limit, **bound)) if limit > 0 else []

    def take_in(self, connection: Connection, owner: str, limit: int, **bound: Any) -> list[Any]:
        """The same in a transaction that writes something else as well."""
        moment = clock()
        now = {"moment": moment, "lease": moment + LEASE_SECONDS, "owner": owner}
        rows = connection.execute(self._due, {**now, **bound, "limit": limit}).mappings().all()
        taken = (connection.execute(self._claim, {**now, "row": row["id"]}).rowcount for row in rows)
        return [row for row, count in zip(rows, taken, strict=True) if count]

    def count(self, state: str) -> int:
        """How many rows are in that state."""
        query = select(func.count()).select_from(self._table).where(self._table.c.state == state)
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def renew(self, owner: str, ids: Sequence[int]) -> None:
        """Keeps these rows, which this process works on, for another lease; what it claimed and lost sight of is given up."""
        columns = self._table.c
        mine = update(self._table).where(columns.id.in_(ids), columns.state == "waiting", columns.claimed_by == owner)
        self._database.write(lambda connection: connection.execute(mine.values(claimed_until=clock() + LEASE_SECONDS)))

    def release(self, owner: str) -> None:
        """Gives back all this process has claimed: it is ending."""
        mine = update(self._table).where(self._table.c.claimed_by == owner)
        self._database.write(lambda connection: connection.execute(mine.values(claimed_by=None, claimed_until=0.0)))

    def postpone(self, row_id: int, seconds: float, **values: Any) -> None:
        """Gives a row back, to be tried after these seconds."""
        change = {"attempts": self._table.c.attempts + 1, "next_try_at": clock() + seconds, "claimed_by": None}
        waiting = update(self._table).where(self._table.c.id == row_id, self._table.c.state == "waiting")
        self._database.write(lambda connection: connection.execute(waiting.values(**change, claimed_until=0.0, **values)))

    def _is_free(self) -> ColumnElement[bool]:
        columns = self._table.c
        is_due = _is_over(columns.next_try_at, self._longest_pause)
        return and_(columns.state == "waiting", is_due, _is_over(columns.claimed_until, LEASE_SECONDS))

    def _is_first(self) -> ColumnElement[bool]:
        """No row of the conversation came before it or is in somebody's hands."""
        table, other = self._table, self._table.alias()
        ahead = or_(other.c.id < table.c.id, ~_is_over(other.c.claimed_until, LEASE_SECONDS))
        return ~exists().where(other.c.conversation == table.c.conversation, other.c.state == "waiting", ahead)


def _is_over(until: ColumnElement[float], longest: float) -> ColumnElement[bool]:
    """Past, or further ahead of the moment than `longest` plus what two machines' clocks may differ by."""
    moment = bindparam("moment", type_=Float)
    return or_(until <= moment, until > moment + (longest + SKEW_SECONDS))
