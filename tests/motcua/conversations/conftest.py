"""A new store for each test, on SQLite and on PostgreSQL, and turns to put into it."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from motcua.conversations.moments import begin_of, day_of
from motcua.conversations.store import ConversationStore
from motcua.conversations.turns import Turn
from tests.postgres import running_postgres

DAY = day_of(20_000)  # long ago, whatever the clock of the machine says
MORNING = begin_of(DAY) + 9 * 3600 * 1000  # nine o'clock in Vietnam
Keep = Callable[..., int]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Makes a new, empty database of one server, and tells its address."""
    numbers = count()
    with running_postgres() as server:
        engine = create_engine(server, isolation_level="AUTOCOMMIT", future=True)

        def new_database() -> str:
            name = f"test_{next(numbers)}"
            with engine.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            return server.replace("/postgres", f"/{name}")

        yield new_database
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'conversations.db'}"
    return request.getfixturevalue("postgres")()


@pytest.fixture
def store(url: str) -> Iterator[ConversationStore]:
    opened = ConversationStore(url)
    yield opened
    opened.close()


@pytest.fixture
def keep(store: ConversationStore) -> Keep:
    """Keeps a turn a second after the one before; `keep(said=…, status=…)` tells its id."""
    seconds = count()

    def kept(said: str = "làm khai sinh", *, conversation: str = "cuoc-1", at: int | None = None, **known: Any) -> int:
        number = next(seconds)
        moment = MORNING + number * 1000 if at is None else at
        store.keep(Turn(conversation, f"tin-{number}", moment, said=said, **known))
        with store.reading() as connection:
            query = text("SELECT id FROM turns WHERE message = :message")
            return int(connection.execute(query, {"message": f"tin-{number}"}).scalar_one())

    return kept
