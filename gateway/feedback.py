"""What citizens thought of an answer: one opinion a message, changeable, erased with its conversation."""

from dataclasses import dataclass

from sqlalchemy import Boolean, Column, DateTime, Integer, String, Table, UniqueConstraint, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from gateway.database import METADATA, Database, now

REASONS = ("wrong_procedure", "incomplete", "unclear", "wrong_fact")
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(128), nullable=False),
    Column("external_id", String(128), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String(20)),
    Column("given_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("conversation", "external_id"),
)


@dataclass(frozen=True)
class Opinion:
    """Whether an answer helped; if it did not, perhaps why."""

    helpful: bool
    reason: str | None = None


def read_opinion(rating: str) -> Opinion | None:
    """The opinion a pressed button stands for; a reason is a reason why it did not help."""
    if rating in ("helpful", "unhelpful"):
        return Opinion(rating == "helpful")
    return Opinion(False, rating) if rating in REASONS else None


class Feedback:
    """Opinions, in the gateway's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, conversation: str, message_id: str, opinion: Opinion) -> None:
        """Keeps an opinion in place of an earlier one about the same message."""
        where = (FEEDBACK.c.conversation == conversation, FEEDBACK.c.external_id == message_id)
        values = {"helpful": opinion.helpful, "reason": opinion.reason, "given_at": now()}

        def job(connection: Connection) -> None:
            if not connection.execute(FEEDBACK.update().where(*where).values(**values)).rowcount:
                connection.execute(FEEDBACK.insert().values(conversation=conversation, external_id=message_id, **values))

        try:
            self._database.write(job)
        except IntegrityError:  # pressed twice at once, before two processes
            self.give(conversation, message_id, opinion)

    def of(self, conversation: str) -> dict[str, Opinion]:
        """The opinions given in a conversation, by message."""
        query = select(FEEDBACK).where(FEEDBACK.c.conversation == conversation)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return {row["external_id"]: Opinion(row["helpful"], row["reason"]) for row in rows}

    def erase(self, conversation: str) -> None:
        """Forgets what was thought in a conversation."""
        gone = FEEDBACK.delete().where(FEEDBACK.c.conversation == conversation)
        self._database.write(lambda connection: connection.execute(gone))
