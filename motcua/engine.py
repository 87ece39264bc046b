"""Connections to our databases: SQLite that several processes write to without losing anything, or PostgreSQL."""

from typing import Any

from sqlalchemy import MetaData, create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.pool import QueuePool


def open_engine(url: str, *, is_durable: bool = True, patience: int = 30) -> Engine:
    """An engine; transactions of `engine.execution_options(writes=True)` write.

    A durable one keeps through a power cut what was committed, at the cost of one sync to disk each time. `patience`: seconds
    that a locked SQLite is waited for.
    """
    if not is_sqlite(url):
        return create_engine(url, future=True, pool_pre_ping=True)
    connect = {"check_same_thread": False, "timeout": patience}
    engine = create_engine(url, future=True, poolclass=QueuePool, pool_size=8, max_overflow=64, connect_args=connect)
    event.listen(engine, "connect", _durable if is_durable else _hurried)
    event.listen(engine, "begin", _begin)
    return engine


def is_sqlite(url: str) -> bool:
    """Whether an address names a SQLite database."""
    return url.startswith("sqlite")


def _durable(connection: Any, _: Any) -> None:
    _set_up(connection, "FULL")


def _hurried(connection: Any, _: Any) -> None:
    _set_up(connection, "NORMAL")


def _set_up(connection: Any, synchronous: str) -> None:
    # WAL lets some read while one writes; FULL keeps what was committed through a power cut, NORMAL all but the last of it.
    connection.isolation_level = None  # the driver would begin a transaction at the first write, too late to hold a read
    for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later fails if another process wrote in between: so it takes its turn at once.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def make_tables(metadata: MetaData, engine: Engine) -> None:
    """Makes the tables that are not there yet; several processes may begin at once."""
    writes = engine.execution_options(writes=True)
    try:
        metadata.create_all(writes)
    except (IntegrityError, ProgrammingError):  # PostgreSQL: another process made one this very moment
        metadata.create_all(writes)
