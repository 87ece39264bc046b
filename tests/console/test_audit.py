"""The audit trail: nobody changes it, and whoever does so in the database is found out."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from console.audit.__main__ import main
from console.audit.acts import Act
from console.audit.trail import Trail
from console.database import Database
from console.keys import Keys
from console.roles import Role
from motcua.database import EMPTY
from tests.console.conftest import OpenConsole

SECRET = "secret of a test " * 3


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database(url)
    opened.migrate(EMPTY)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def trail(database: Database) -> Trail:
    trail = Trail(Keys(SECRET))
    with database.writing() as connection:
        for number in range(5):
            trail.append(
                connection, Act.CHANGED, at=1.1 * number, by="root", subject=f"lan.{number}", role="biên tập", count=number
            )
    return trail


def _tamper(database: Database, statement: str) -> None:
    """What somebody with the database's password could do."""
    with database.writing() as connection:
        if connection.dialect.name == "sqlite":
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER audit_no_{verb}"))
        else:
            connection.execute(text("DROP TRIGGER audit_refuse ON audit"))
        connection.execute(text(statement))


def test_what_was_written_is_whole(database: Database, trail: Trail) -> None:
    with database.reading() as connection:
        verdict = trail.verify(connection)
    assert (verdict.sound, verdict.broken) == (5, None)
    assert len(verdict.seal) == 64


@pytest.mark.parametrize("statement", ["UPDATE audit SET by = 'x'", "DELETE FROM audit"])
def test_the_database_lets_nobody_change_it(database: Database, trail: Trail, statement: str) -> None:
    with pytest.raises(DBAPIError, match="only ever added to"), database.writing() as connection:
        connection.execute(text(statement))
    with database.reading() as connection:
        assert trail.verify(connection).sound == 5


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET by = 'somebody' WHERE id = 3", 3),
        ("UPDATE audit SET at = at + 1 WHERE id = 2", 2),
        ("UPDATE audit SET details = '{}' WHERE id = 5", 5),
        ("DELETE FROM audit WHERE id = 3", 4),
        ("DELETE FROM audit WHERE id = 1", 2),
        ("UPDATE audit SET id = 9 WHERE id = 5", 9),
        ("UPDATE audit SET seal = '0' WHERE id = 1", 1),
    ],
)
def test_a_change_behind_its_back_is_found(database: Database, trail: Trail, statement: str, broken: int) -> None:
    _tamper(database, statement)
    with database.reading() as connection:
        assert trail.verify(connection).broken == broken


def test_nobody_without_the_secret_can_write_a_trail_anew(database: Database, trail: Trail) -> None:
    _tamper(database, "DELETE FROM audit")
    with database.writing() as connection:
        Trail(Keys("another secret of a test " * 2)).append(connection, Act.CHANGED, at=1.0, by="root")
    with database.reading() as connection:
        assert trail.verify(connection).broken == 1


def test_many_at_once_make_one_chain(database: Database, trail: Trail) -> None:
    def add(number: int) -> None:
        with database.writing() as connection:
            trail.append(connection, Act.SIGNED_IN, at=float(number), by=f"lan.{number}")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(40)))
    with database.reading() as connection:
        assert trail.verify(connection).sound == 45


def test_the_command_says_whether_it_is_whole_and_whether_its_end_is_missing(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    database = Database(f"sqlite:///{environment['MOTCUA_VAR']}/console.db")
    trail = Trail(Keys(environment["MOTCUA_CONSOLE_SECRET"]))
    with database.writing() as connection:
        for number in range(3):
            trail.append(connection, Act.SIGNED_IN, at=float(number), by="root")

    def run(*arguments: str) -> list[str]:
        monkeypatch.setattr(sys, "argv", ["console.audit", *arguments])
        main()
        return capsys.readouterr().out.splitlines()

    said = run()
    assert said[0] == "3 entries, all as they were written."
    assert run("--expect", said[1]) == said
    _tamper(database, "DELETE FROM audit WHERE id = 3")
    with pytest.raises(SystemExit, match="not the one that was noted"):
        run("--expect", said[1])
    with database.writing() as connection:
        connection.execute(text("UPDATE audit SET by = 'x' WHERE id = 2"))
    with pytest.raises(SystemExit, match="Broken at entry 2; 1 entries"):
        run()
    database.close()


async def test_the_page_filters_by_person_act_and_day(open_console: OpenConsole) -> None:
    async with open_console() as console:
        foundation = console.app.state.foundation
        with foundation.database.writing() as connection:
            for number in range(60):
                foundation.trail.append(connection, Act.SIGNED_IN, at=console.clock() + number, by="lan")
            foundation.trail.append(connection, Act.CHANGED, at=console.clock() + 90_000, by="an", subject="lan")
        browser = console.signed_in("boss", Role.SUPERVISOR)
        assert (await browser.open("/audit?by=lan")).response.text.count("<td") == 50 * 5
        older = browser.response.text.partition('href="/audit?by=lan&amp;before=')[2].partition('"')[0]
        assert (await browser.open(f"/audit?by=lan&before={older}")).response.text.count("<td") == 10 * 5
        assert "Cũ hơn" not in browser.text
        assert (await browser.open("/audit?act=changed")).response.text.count("<td") == 5
        assert (await browser.open("/audit?subject=lan&since=2026-11-19&until=2026-11-19")).response.text.count("<td") == 5
        assert "Không có việc nào như vậy" in (await browser.open("/audit?until=2020-01-01")).text
        assert "năm-tháng-ngày" in (await browser.open("/audit?since=hôm qua")).text
        for strange in ("since=9999-12-31", "before=99999999999999999999", "by=%00", "act=nothing"):
            assert (await browser.open(f"/audit?{strange}")).response.status_code < 500
        assert "Nguyên vẹn" in (await browser.open("/audit/check")).text
        _tamper(foundation.database, "UPDATE audit SET by = 'x' WHERE id = 7")
        assert "đã bị sửa từ việc số 7" in (await browser.open("/audit/check")).text
