"""The gateway's database: its tables, and connections that keep what was acknowledged. SQLite or PostgreSQL."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Connection

from motcua.engine import is_sqlite, make_tables, open_engine

METADATA = MetaData()
Result = TypeVar("Result")


def _work_columns() -> list[Column[Any]]:
    """Who works on a row, and when it is due; seconds since 1970, so that both databases compare them alike."""
    return [
        Column("attempts", Integer, nullable=False, default=0),
        Column("next_try_at", Float, nullable=False, default=0.0),
        Column("claimed_by", String(32)),
        Column("claimed_until", Float, nullable=False, default=0.0),
    ]


MESSAGES = Table(
    "messages",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(128), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("external_id", String(128), nullable=False),
    Column("text", Text, nullable=False),
    Column("signal", String(20)),
    Column("address", Text),  # JSON: where replies are pushed to; null where clients fetch them
    Column("raw_event", Text),  # masked like the text
    Column("state", String(16), nullable=False),  # gateway.inbox.State
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("first_tried_at", Float),
    Column("answered_at", DateTime(timezone=True)),
    Column("replies", Text),
    *_work_columns(),
    UniqueConstraint("channel", "conversation", "external_id"),
    Index("messages_of_conversation", "conversation", "id"),
    Index("messages_by_state", "state", "conversation", "id"),
)
OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("message", Integer, ForeignKey("messages.id"), nullable=False),
    Column("conversation", String(128), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("address", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("state", String(16), nullable=False),  # gateway.outbox.State
    Column("reason", String(200)),
    Column("external_id", String(128)),  # the id the channel gave to the delivered message
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    *_work_columns(),
    Index("outbox_of_conversation", "conversation", "id"),
    Index("outbox_by_state", "state", "conversation", "id"),
)
PAUSES = Table(
    "pauses",
    METADATA,
    Column("conversation", String(128), primary_key=True),
    Column("until", Float, nullable=False),
    Column("by", String(64), nullable=False),
)
ERASURES = Table(
    "erasures",
    METADATA,
    Column("conversation", String(128), primary_key=True),
    Column("asked_at", DateTime(timezone=True), nullable=False),
)


class Database:
    """One engine; `reading()` gives a connection, `write()` runs a transaction."""

    def __init__(self, url: str) -> None:
        self._is_sqlite = is_sqlite(url)
        self._engine = open_engine(url)
        self._writes = self._engine.execution_options(writes=True)
        self._writer = threading.Lock()
        self._queue: deque[tuple[Callable[[Connection], Any], Future[Any]]] = deque()
        self.make_tables(METADATA)

    def make_tables(self, metadata: MetaData) -> None:
        """Makes the tables that are not there yet."""
        make_tables(metadata, self._engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self._engine.connect() as connection:
            yield connection

    def write(self, job: Callable[[Connection], Result]) -> Result:
        """Runs the job in a transaction: all of it is kept when this returns, or nothing and it raises."""
        if not self._is_sqlite:
            with self._engine.begin() as connection:
                return job(connection)
        mine: Future[Result] = Future()
        self._queue.append((job, mine))
        with self._writer:  # whoever comes in first writes for all who wait: one sync to disk, not one for each
            if not mine.done():
                self._write_all([self._queue.popleft() for _ in range(len(self._queue))])
        return mine.result()

    def _write_all(self, jobs: list[tuple[Callable[[Connection], Any], Future[Any]]]) -> None:
        outcomes: list[tuple[Future[Any], Any, Exception | None]]
        try:
            with self._writes.begin() as connection:
                if len(jobs) == 1:  # nobody else's work to be kept apart from
                    outcomes = [(jobs[0][1], jobs[0][0](connection), None)]
                else:
                    outcomes = [(future, *_attempt(connection, job)) for job, future in jobs]
        except Exception as error:
            outcomes = [(future, None, error) for _, future in jobs]
        for future, result, fault in outcomes:
            if fault is None:
                future.set_result(result)
            else:
                future.set_exception(fault)

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()


def _attempt(connection: Connection, job: Callable[[Connection], Any]) -> tuple[Any, Exception | None]:
    """The job's result or what it raised; a job that fails leaves nothing behind and the others alone."""
    savepoint = connection.begin_nested()
    try:
        result = job(connection)
    except Exception as error:
        savepoint.rollback()
        return None, error
    savepoint.commit()
    return result, None


def now() -> datetime:
    """The time to write into a row for people."""
    return datetime.now(UTC)


def clock() -> float:
    """The time to compare with `next_try_at` and `claimed_until`."""
    return time.time()
