"""The tables: made by migrations, the same as the code believes, and taken away again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, insert, inspect, select

from console.database import Database
from console.tables import METADATA, TRIES
from motcua.database import EMPTY


def test_migrations_make_what_the_code_believes_and_take_it_away(url: str) -> None:
    database = Database(url)
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    database.migrate(EMPTY)
    with database.reading() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    database.close()


def test_processes_that_start_together_wait_for_each_other(url: str) -> None:
    first = Database(url)
    first.migrate(EMPTY)
    with ThreadPoolExecutor(4) as processes:
        for database in processes.map(Database, [url] * 4):
            database.close()
    with first.reading() as connection:
        assert set(METADATA.tables) < set(inspect(connection).get_table_names())
    first.close()


def test_a_transaction_that_fails_leaves_nothing(url: str) -> None:
    database = Database(url)
    with pytest.raises(RuntimeError), database.writing() as connection:
        connection.execute(insert(TRIES).values(subject="x", at=1.0))
        raise RuntimeError
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(TRIES)).scalar_one() == 0
    database.close()
