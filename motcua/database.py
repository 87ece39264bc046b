"""A database whose tables are made by migrations: brought up to date when opened, then read and written in transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection

from motcua.engine import open_engine

NEWEST, EMPTY = "heads", "base"


class MigratedDatabase:
    """SQLite or PostgreSQL; `reading()` and `writing()` give a connection. Raises sqlalchemy's errors."""

    def __init__(self, url: str, migrations: Path, *, turn: str, is_durable: bool = True) -> None:
        """`turn` names what processes that start at once wait for; `is_durable` as in `motcua.engine.open_engine`."""
        self._engine = open_engine(url, is_durable=is_durable)
        self._writes = self._engine.execution_options(writes=True)
        self._migrations, self._turn = migrations, turn
        self.migrate()

    def migrate(self, to: str = NEWEST) -> None:
        """Brings the tables to a revision, forward or back, in one transaction; who starts at the same time waits."""
        with self.writing() as connection:
            take_turn(connection, self._turn)
            (command.downgrade if to == EMPTY else command.upgrade)(_config(connection, self._migrations), to)

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


def take_turn(connection: Connection, name: str) -> None:
    """Waits until no other transaction has this turn, and keeps it to the end. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})


def _config(connection: Connection, migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.attributes["connection"] = connection
    return config
