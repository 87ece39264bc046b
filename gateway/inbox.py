"""The inbox: every message is stored before it is acknowledged, and answered once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table, Text, UniqueConstraint, create_engine, event, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

_METADATA = MetaData()
MESSAGES = Table(
    "messages",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(64), nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("signal", String(20)),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("answered_at", DateTime(timezone=True)),
    Column("replies", Text),
    UniqueConstraint("conversation", "external_id"),
)

Reply = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """A stored message, redacted, with its replies once there are any."""

    id: int
    conversation: str
    channel: str
    external_id: str
    text: str
    signal: str | None
    replies: tuple[Reply, ...] | None

    @property
    def state(self) -> Literal["waiting", "answered"]:
        """Whether the replies are there."""
        return "waiting" if self.replies is None else "answered"


class Inbox:
    """Messages and their replies in one table."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        _METADATA.create_all(self._engine)

    def accept(self, conversation: str, channel: str, external_id: str, text: str, signal: str | None) -> Message:
        """Stores a message, or finds the one already stored under this id: a second delivery changes nothing."""
        values = {"conversation": conversation, "channel": channel, "external_id": external_id, "text": text, "signal": signal}
        try:
            with self._engine.begin() as connection:
                connection.execute(MESSAGES.insert().values(**values, received_at=_now()))
        except IntegrityError:
            pass  # it was here before; what counts is the row
        found = self.find(conversation, external_id)
        assert found is not None
        return found

    def find(self, conversation: str, external_id: str) -> Message | None:
        """The message of that id in that conversation, or None."""
        query = select(MESSAGES).where(MESSAGES.c.conversation == conversation, MESSAGES.c.external_id == external_id)
        return next(iter(self._rows(query)), None)

    def waiting(self) -> list[Message]:
        """Messages without a reply, oldest first: what a process that died left behind."""
        return self._rows(select(MESSAGES).where(MESSAGES.c.replies.is_(None)).order_by(MESSAGES.c.id))

    def transcript(self, conversation: str) -> list[Message]:
        """A conversation from its beginning."""
        return self._rows(select(MESSAGES).where(MESSAGES.c.conversation == conversation).order_by(MESSAGES.c.id))

    def answer(self, message: Message, replies: Sequence[Reply]) -> bool:
        """Keeps the replies of a message; False, and nothing changes, if it had been answered already."""
        update = MESSAGES.update().where(MESSAGES.c.id == message.id, MESSAGES.c.replies.is_(None))
        values = update.values(replies=json.dumps(list(replies), ensure_ascii=False), answered_at=_now())
        with self._engine.begin() as connection:
            return bool(connection.execute(values).rowcount)

    def _rows(self, query: Any) -> list[Message]:
        with self._engine.connect() as connection:
            return [_message(row) for row in connection.execute(query).mappings()]


def _message(row: Any) -> Message:
    replies = None if row["replies"] is None else tuple(json.loads(row["replies"]))
    names = ("id", "conversation", "channel", "external_id", "text", "signal")
    return Message(**{name: row[name] for name in names}, replies=replies)


def _now() -> datetime:
    return datetime.now(UTC)


def _engine(url: str) -> Engine:
    engine = create_engine(url, future=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _durable_sqlite)
    return engine


def _durable_sqlite(connection: Any, _: Any) -> None:
    # WAL lets the page read while a message is being stored; FULL keeps an acknowledged message through a power cut.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")
