"""The switch by which staff silence the assistant: while it is off, every message is answered with a notice."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Boolean, Column, DateTime, Integer, String, Table, Text, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from gateway.database import METADATA, Database, now

SWITCH = Table(
    "switch",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # one row, one switch
    Column("is_off", Boolean, nullable=False),
    Column("notice", Text, nullable=False),  # what citizens read
    Column("reason", Text, nullable=False),  # what staff read
    Column("by", String(64), nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
)
_ONLY = SWITCH.c.id == 1
_READ = select(SWITCH).where(_ONLY)


@dataclass(frozen=True)
class Position:
    """How the switch stands, who put it so and when; an assistant that was never switched is on."""

    is_off: bool = False
    notice: str = ""
    reason: str = ""
    by: str = ""
    since: datetime | None = None


class Switch:
    """The switch of this installation; all processes on its database obey it from their next message on."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> Position:
        """How it stands now."""
        with self._database.reading() as connection:
            row = connection.execute(_READ).mappings().first()
        if row is None:
            return Position()
        since = row["since"] if row["since"].tzinfo else row["since"].replace(tzinfo=UTC)  # SQLite keeps no zone
        return Position(row["is_off"], row["notice"], row["reason"], row["by"], since)

    def notice(self) -> str:
        """What every citizen is told while the assistant is off; empty while it is on."""
        position = self.read()
        return position.notice if position.is_off else ""

    def put(self, *, is_off: bool, notice: str, reason: str, by: str) -> Position:
        """Puts it, and says how it stands then."""
        values = {"is_off": is_off, "notice": notice, "reason": reason, "by": by, "since": now()}

        def job(connection: Connection) -> None:
            if not connection.execute(SWITCH.update().where(_ONLY).values(**values)).rowcount:
                connection.execute(SWITCH.insert().values(id=1, **values))

        try:
            self._database.write(job)
        except IntegrityError:  # another process put it for the first time this very moment
            self._database.write(job)
        return self.read()
