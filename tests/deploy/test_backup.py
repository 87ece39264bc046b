"""What was saved comes back whole, from SQLite that is being written and from PostgreSQL; a damaged backup changes nothing."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from deploy.backup import MANIFEST, BackupFault, restore, save
from gateway.database import Database
from gateway.inbox import Inbox
from motcua.settings import Settings, load_settings
from tests.postgres import running_postgres


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    var = tmp_path / "var"
    var.mkdir()
    (var / "secrets.env").write_text("MOTCUA_SECRET=xyz\n")
    return load_settings({"MOTCUA_VAR": str(var)})


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


def said(settings: Settings, *texts: str) -> list[str]:
    """Stores messages of one conversation; returns what the inbox then holds of it."""
    database = Database(settings.database_url)
    with closing(database):
        inbox = Inbox(database)
        for words in texts:
            inbox.accept("cuoc-1", "web", f"id-{words}", words, None)
        return [message.text for message in inbox.transcript("cuoc-1")]


def test_a_saved_conversation_comes_back(settings: Settings, tmp_path: Path) -> None:
    said(settings, "một", "hai")
    assert save(settings, tmp_path / "backup") == ["gateway", "secrets.env"]
    said(settings, "ba")
    (settings.var / "secrets.env").unlink()
    assert restore(settings, tmp_path / "backup") == ["gateway", "secrets.env"]
    assert said(settings) == ["một", "hai"]
    assert (settings.var / "secrets.env").read_text() == "MOTCUA_SECRET=xyz\n"


def test_what_stands_only_in_the_wal_is_saved_while_it_is_written(settings: Settings, tmp_path: Path) -> None:
    path = settings.var / "trackers.db"
    with closing(sqlite3.connect(path)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("PRAGMA wal_autocheckpoint=0")
        live.execute("CREATE TABLE trackers (conversation TEXT)")
        live.execute("INSERT INTO trackers VALUES ('cuoc-1')")
        live.commit()
        live.execute("INSERT INTO trackers VALUES ('not yet committed')")
        assert Path(f"{path}-wal").stat().st_size > 0
        save(settings, tmp_path / "backup")
    restore(settings, tmp_path / "backup")
    with closing(sqlite3.connect(path)) as found:
        assert found.execute("SELECT conversation FROM trackers").fetchall() == [("cuoc-1",)]


def test_a_stale_wal_does_not_spoil_what_was_restored(settings: Settings, tmp_path: Path) -> None:
    said(settings, "một")
    save(settings, tmp_path / "backup")
    wal = settings.var / "gateway.db-wal"
    wal.write_bytes(b"of another database")
    restore(settings, tmp_path / "backup")
    assert said(settings) == ["một"]


def test_postgresql_comes_back(settings: Settings, tmp_path: Path, postgres: str) -> None:
    on_postgres = load_settings({"MOTCUA_VAR": str(settings.var), "MOTCUA_DATABASE_URL": postgres})
    said(on_postgres, "một")
    assert save(on_postgres, tmp_path / "backup") == ["gateway", "secrets.env"]
    said(on_postgres, "hai")
    restore(on_postgres, tmp_path / "backup")
    assert said(on_postgres) == ["một"]


def test_a_database_that_serves_several_is_saved_once(settings: Settings, tmp_path: Path, postgres: str) -> None:
    names = ("DATABASE", "TRACKERS", "CONVERSATIONS", "PRIVATE", "CONSOLE")
    shared = load_settings({"MOTCUA_VAR": str(settings.var), **{f"MOTCUA_{name}_URL": postgres for name in names}})
    engine = create_engine(postgres)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE of_its_own (a integer)"))
    assert save(shared, tmp_path / "backup") == ["gateway", "secrets.env"]
    engine.dispose()


def test_every_database_of_an_installation_is_saved(settings: Settings, tmp_path: Path) -> None:
    kept = ("gateway", "private", "conversations", "trackers", "console")
    for name in kept:
        with closing(sqlite3.connect(settings.var / f"{name}.db")) as made:
            made.execute("CREATE TABLE something (a)")
    assert save(settings, tmp_path / "backup") == sorted([*kept, "secrets.env"])


def test_nobody_else_can_read_a_backup(settings: Settings, tmp_path: Path) -> None:
    save(settings, tmp_path / "backup")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "backup").iterdir()}
    assert (stat.S_IMODE((tmp_path / "backup").stat().st_mode), modes) == (0o700, {0o600})


def test_a_damaged_backup_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    said(settings, "một")
    save(settings, tmp_path / "backup")
    said(settings, "hai")
    with (tmp_path / "backup" / "secrets.env").open("a") as file:
        file.write("x")
    with pytest.raises(BackupFault, match=r"secrets\.env is not what was saved"):
        restore(settings, tmp_path / "backup")
    assert said(settings) == ["một", "hai"]


@pytest.mark.parametrize("manifest", [None, "", "{}", "[]"])
def test_a_folder_that_is_no_backup_is_refused(settings: Settings, tmp_path: Path, manifest: str | None) -> None:
    if manifest is not None:
        (tmp_path / MANIFEST).write_text(manifest)
    with pytest.raises(BackupFault, match="is no backup"):
        restore(settings, tmp_path)


def test_a_backup_never_overwrites_another(settings: Settings, tmp_path: Path) -> None:
    save(settings, tmp_path / "backup")
    with pytest.raises(BackupFault, match="is not empty"):
        save(settings, tmp_path / "backup")
