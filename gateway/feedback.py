"""What citizens thought of an answer: one opinion a message, changeable, erased with its conversation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Boolean, Column, DateTime, Integer, MetaData, String, Table, UniqueConstraint, select
from sqlalchemy.engine import Engine

REASONS = ("wrong_procedure", "incomplete", "unclear", "wrong_fact")
_METADATA = MetaData()
FEEDBACK = Table(
    "feedback",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(64), nullable=False, index=True),
    Column("external_id", String(64), nullable=False),
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
    """Opinions in one table of the inbox's database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        _METADATA.create_all(engine)

    def give(self, conversation: str, message_id: str, opinion: Opinion) -> None:
        """Keeps an opinion in place of an earlier one about the same message."""
        where = (FEEDBACK.c.conversation == conversation, FEEDBACK.c.external_id == message_id)
        values = {"helpful": opinion.helpful, "reason": opinion.reason, "given_at": datetime.now(UTC)}
        with self._engine.begin() as connection:
            if not connection.execute(FEEDBACK.update().where(*where).values(**values)).rowcount:
                connection.execute(FEEDBACK.insert().values(conversation=conversation, external_id=message_id, **values))

    def of(self, conversation: str, message_ids: Collection[str]) -> dict[str, Opinion]:
        """The opinions given in a conversation, by message."""
        query = select(FEEDBACK).where(FEEDBACK.c.conversation == conversation, FEEDBACK.c.external_id.in_(message_ids))
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return {row["external_id"]: Opinion(row["helpful"], row["reason"]) for row in rows}

    def erase(self, conversation: str) -> None:
        """Forgets what was thought in a conversation."""
        with self._engine.begin() as connection:
            connection.execute(FEEDBACK.delete().where(FEEDBACK.c.conversation == conversation))
