"""The console's database: brought up to date at the start, then read and written in transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection

from motcua.engine import open_engine

_MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST, EMPTY = "head", "base"


class Database:
    """SQLite or PostgreSQL; `reading()` and `writing()` give a connection."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._writes = self._engine.execution_options(writes=True)
        self.migrate()

    def migrate(self, to: str = NEWEST) -> None:
        """Brings the tables to a revision in one transaction; who starts at the same time waits."""
        with self.writing() as connection:
            take_turn(connection, "migrations")
            (command.downgrade if to == EMPTY else command.upgrade)(_config(connection), to)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: what is done in it is kept as a whole, or not at all if it raises."""
        with self._writes.begin() as connection:
            yield connection

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()


def take_turn(connection: Connection, at: str) -> None:
    """Waits until no other transaction has this turn, and keeps it to the end. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"motcua.console.{at}"})


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config
