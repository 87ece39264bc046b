"""What the connectors keep, on both databases, with several processes at it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from gateway.database import Database
from gateway.zalo.progress import Progress
from gateway.zalo.tables import UNHANDLED, create_tables
from gateway.zalo.token_store import LEASE_SECONDS, TokenStore
from gateway.zalo.unhandled import Unhandled
from tests.gateway.zalo.bench import KEY, OA, Clock
from tests.postgres import running_postgres


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/gateway.db" if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def databases(url: str) -> Iterator[list[Database]]:
    """The same one, as four processes see it."""
    opened = [Database(url) for _ in range(4)]
    create_tables(opened[0])
    create_tables(opened[1])
    yield opened
    for database in opened:
        database.close()


def test_one_process_at_a_time_may_refresh_a_pair_and_nobody_refreshes_it_again(
    databases: list[Database], clock: Clock
) -> None:
    stores = [TokenStore(database, KEY, clock) for database in databases]
    first = stores[0].write(OA, "a1", "r1")
    with ThreadPoolExecutor(4) as processes:
        assert sorted(processes.map(lambda store: store.lease(OA, first), stores)) == [False, False, False, True]
    stores[0].release(OA)
    assert stores[1].lease(OA, first)
    clock.advance(LEASE_SECONDS + 1)
    assert stores[2].lease(OA, first)
    second = stores[2].write(OA, "a2", "r2")
    assert not stores[3].lease(OA, first)
    assert stores[3].read(OA) == second
    stores[3].release(OA, is_dead=True)
    found = stores[0].read(OA)
    assert found is not None
    assert found.is_dead


def test_parts_that_arrived_are_known_to_the_next_process(databases: list[Database]) -> None:
    here, there = Progress(databases[0]), Progress(databases[1])
    assert there.of(7) == 0
    here.note(7, 1)
    here.note(7, 2)
    assert there.of(7) == 2
    there.forget(7)
    assert here.of(7) == 0


def test_an_unknown_event_that_comes_to_all_processes_at_once_is_counted(databases: list[Database], clock: Clock) -> None:
    notes = [Unhandled(database, clock) for database in databases] * 4
    with ThreadPoolExecutor(8) as processes:
        list(processes.map(lambda unhandled: unhandled.note("user_call_ended", {"sender": {"id": "1"}}), notes))
    with databases[0].reading() as connection:
        assert connection.execute(select(UNHANDLED.c["count"])).scalar_one() == 16
