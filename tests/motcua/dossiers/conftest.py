from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData
from sqlalchemy.engine import Engine

from motcua.dossiers.opening import Private
from tests.motcua.dossiers.private import Clock, file_url, opened, private_on
from tests.postgres import running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    is_sqlite = request.param == "sqlite"
    with opened(file_url(tmp_path) if is_sqlite else request.getfixturevalue("postgres")) as found:
        yield found
        if not is_sqlite:
            tables = MetaData()
            tables.reflect(found)
            tables.drop_all(found)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def private(engine: Engine, clock: Clock) -> Private:
    return private_on(engine, clock)
