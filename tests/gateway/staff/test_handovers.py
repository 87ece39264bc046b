"""The rows of the queue, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.database import METADATA, Database, clock
from gateway.staff.handovers import Asked, Handovers

WANTED = Asked(
    "asked", "07210", {"procedure": "Đăng ký khai sinh", "section": "papers", "facts": ["bị mất"], "place": "Bắc Giang"}
)
NOWHERE = Asked("stuck", None, {})


@pytest.fixture(params=["sqlite", "postgresql"])
def rows(request: pytest.FixtureRequest, database: Database) -> Iterator[Handovers]:
    if request.param == "sqlite":
        yield Handovers(database)
        return
    postgres = Database(request.getfixturevalue("postgres_for_staff"))
    yield Handovers(postgres)
    postgres.write(lambda connection: [connection.execute(table.delete()) for table in reversed(METADATA.sorted_tables)])
    postgres.close()


def test_who_asks_first_is_first_and_keeps_that_place(rows: Handovers) -> None:
    first, second, third = (rows.ask(name, "web", WANTED) for name in ("cuoc-1", "cuoc-2", "cuoc-3"))
    assert [rows.ahead(found) for found in (first, second, third)] == [0, 1, 2]
    again = rows.ask("cuoc-1", "web", Asked("complaint", "07210", {}))
    assert (again.reason, again.since, rows.ahead(again)) == ("complaint", first.since, 0)
    assert [found.conversation for found in rows.open()] == ["cuoc-1", "cuoc-2", "cuoc-3"]


def test_each_place_has_its_queue(rows: Handovers) -> None:
    for name, wanted in (("cuoc-1", WANTED), ("cuoc-2", NOWHERE), ("cuoc-3", WANTED)):
        rows.ask(name, "web", wanted)
    assert [found.conversation for found in rows.open("07210")] == ["cuoc-1", "cuoc-3"]
    assert [rows.ahead(found) for found in rows.open()] == [0, 0, 1]


def test_of_many_who_take_at_once_one_has_it(rows: Handovers) -> None:
    rows.ask("cuoc-1", "web", WANTED)
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda number: rows.take("cuoc-1", f"cán bộ {number}"), range(8)))
    found = rows.find("cuoc-1")
    assert taken.count(True) == 1
    assert found is not None and found.state == "taken" and found.by == f"cán bộ {taken.index(True)}"
    assert rows.take("cuoc-1", found.by)


def test_a_conversation_asked_for_by_many_at_once_is_one_row(rows: Handovers) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: rows.ask("cuoc-1", "web", WANTED), range(16)))
    assert len(rows.open()) == 1


def test_what_is_settled_is_settled_once_and_may_be_asked_for_again(rows: Handovers) -> None:
    first = rows.ask("cuoc-1", "web", WANTED)
    assert rows.close("cuoc-1")
    assert not rows.close("cuoc-1")
    assert rows.open() == []
    again = rows.ask("cuoc-1", "web", NOWHERE)
    assert (again.state, again.by, again.reason) == ("waiting", "", "stuck")
    assert again.since >= first.since


def test_a_number_is_kept_only_while_somebody_is_to_call(rows: Handovers) -> None:
    rows.ask("cuoc-1", "web", WANTED)
    assert rows.offer("cuoc-1") and not rows.offer("cuoc-1")
    assert rows.keep_phone("cuoc-1", "sealed") and rows.keep_phone("cuoc-1", "sealed anew")
    found = rows.find("cuoc-1")
    assert found is not None and (found.state, found.phone) == ("callback", "sealed anew")
    assert rows.take("cuoc-1", "lan") and not rows.take("cuoc-1", "minh")
    rows.close("cuoc-1")
    settled = rows.find("cuoc-1")
    assert settled is not None and (settled.state, settled.phone) == ("closed", None)
    assert not rows.keep_phone("cuoc-1", "sealed")


def test_what_was_settled_is_forgotten(rows: Handovers) -> None:
    for name in ("cuoc-1", "cuoc-2"):
        rows.ask(name, "web", WANTED)
    rows.close("cuoc-1")
    rows.forget(clock() + 1)
    assert rows.find("cuoc-1") is None and rows.find("cuoc-2") is not None
