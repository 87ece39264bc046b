"""Helped sessions: conversations that a volunteer leads beside a resident, for a few hours, on a device of their own."""

from dataclasses import dataclass

from sqlalchemy import Column, Float, String, Table, select

from gateway.conversations import HELPED as PREFIX
from gateway.database import METADATA, Database, clock

HELPED = Table(
    "helped",
    METADATA,
    Column("conversation", String(128), primary_key=True),
    Column("by", String(64), nullable=False),
    Column("place", String(5)),
    Column("opened_at", Float, nullable=False),
)


@dataclass(frozen=True)
class Session:
    """A helped session and who leads it."""

    conversation: str
    by: str
    place: str | None


class Helped:
    """The helped sessions that are open."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, session: Session) -> None:
        """Notes a session that begins now."""
        values = {"conversation": session.conversation, "by": session.by, "place": session.place, "opened_at": clock()}
        self._database.write(lambda connection: connection.execute(HELPED.insert().values(values)))

    def place(self, conversation: str) -> str | None:
        """The ward or commune of a session by its code; None for all other conversations."""
        if not conversation.startswith(PREFIX):
            return None
        with self._database.reading() as connection:
            found: str | None = connection.execute(select(HELPED.c.place).where(HELPED.c.conversation == conversation)).scalar()
        return found

    def is_open(self, conversation: str) -> bool:
        """Whether it is a session that was opened and not erased."""
        query = select(HELPED.c.conversation).where(HELPED.c.conversation == conversation)
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None

    def over(self, before: float) -> list[Session]:
        """The sessions opened before that moment."""
        query = select(HELPED).where(HELPED.c.opened_at < before).order_by(HELPED.c.opened_at)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [Session(row["conversation"], row["by"], row["place"]) for row in rows]
