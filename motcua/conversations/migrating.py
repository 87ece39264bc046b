"""Bringing a database's tables up to date, whoever comes first; the others wait."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "head"
EMPTY = "base"


def migrate(engine: Engine, to: str = NEWEST) -> None:
    """Brings the tables to a revision, forward or back, in one transaction. SQLite's writers wait by themselves."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('motcua.conversations'))"))
        (command.downgrade if to == EMPTY else command.upgrade)(_config(connection), to)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
