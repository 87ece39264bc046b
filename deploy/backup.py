"""`python -m deploy.backup save FOLDER` and `… restore FOLDER`: every database of ours and every secret of an installation.

Saving needs no stop: SQLite is copied with what stands in its WAL, PostgreSQL by pg_dump. Each copy is of one moment, not all
of the same: a message that comes in between is answered again or has no context, and nothing else. Restore while all is
stopped. Index and models are not saved, since they are built from the repository, nor is the registry of dossiers, which is the
office's.
"""

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine.url import URL, make_url

from motcua.settings import Settings, load_settings

MANIFEST = "manifest.json"
FILES = ("secrets.env", "zalo.yml")


class BackupFault(RuntimeError):
    """A backup that cannot be made or used. Nothing has been changed."""


def databases(settings: Settings) -> Mapping[str, URL]:
    """Name in the backup → address; one address that serves several is named once."""
    found = {
        "gateway": settings.database_url,
        "private": settings.private_url,
        "conversations": settings.conversations_url,
        "trackers": settings.trackers_url,
        "console": settings.console_url,
    }
    by_address = {address: name for name, address in reversed(found.items())}
    return {name: make_url(address) for address, name in by_address.items()}


def save(settings: Settings, folder: Path) -> list[str]:
    """Copies all there is into a new folder, readable by its owner only; returns the names. Raises BackupFault."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupFault(f"{folder} is not empty: give a new folder for each backup.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name, url in databases(settings).items():
        _copy_out(url, folder / name)
    for name in FILES:
        if (settings.var / name).exists():
            shutil.copyfile(settings.var / name, folder / name)
    files = {path.name: _digest(path) for path in sorted(folder.iterdir())}
    made = {"made_at": datetime.now(UTC).isoformat(timespec="seconds"), "files": files}
    (folder / MANIFEST).write_text(json.dumps(made, indent=1))
    for path in folder.iterdir():
        path.chmod(0o600)
    return [*files]


def restore(settings: Settings, folder: Path) -> list[str]:
    """Puts a backup in place of what is there, once all of it is found whole; returns the names. Raises BackupFault."""
    files, addresses = list(_whole(folder)), databases(settings)
    if strange := [path.name for path in files if path.name not in (*addresses, *FILES)]:
        raise BackupFault(f"{folder} holds {', '.join(strange)}, for which this installation has no database of its own.")
    for path in files:
        if path.name in addresses:
            _copy_in(path, addresses[path.name])
        else:
            _put(path, settings.var / path.name)
    return [path.name for path in files]


def _whole(folder: Path) -> Iterator[Path]:
    try:
        told: dict[str, str] = json.loads((folder / MANIFEST).read_text())["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupFault(f"{folder} is no backup: expected a {MANIFEST} that names its files.") from error
    for name, digest in told.items():
        path = folder / Path(name).name
        if not path.exists() or _digest(path) != digest:
            raise BackupFault(f"{path} is not what was saved: it is missing or has changed.")
        yield path


def _copy_out(url: URL, target: Path) -> None:
    if url.get_backend_name() != "sqlite":
        _run_pg("pg_dump", url, "--format=custom", f"--file={target}")
    elif Path(str(url.database)).exists():
        with (
            closing(sqlite3.connect(f"file:{url.database}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself


def _copy_in(source: Path, url: URL) -> None:
    if url.get_backend_name() != "sqlite":
        _run_pg("pg_restore", url, "--clean", "--if-exists", "--no-owner", "--single-transaction", source)
        return
    path = Path(str(url.database))
    for log in (f"{path}-wal", f"{path}-shm"):  # of the database that is replaced: applied to another one they destroy it
        Path(log).unlink(missing_ok=True)
    _put(source, path)


def _put(source: Path, path: Path) -> None:
    """At once: whoever looks finds the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.new")
    shutil.copyfile(source, unfinished)
    unfinished.chmod(0o600)
    unfinished.replace(path)


def _run_pg(program: str, url: URL, *arguments: object) -> None:
    """The password goes through the environment: arguments can be read by everybody on the machine."""
    environment = {**os.environ, "PGPASSWORD": str(url.password or "")}
    address = url.set(drivername="postgresql", password=None).render_as_string()
    command = [_program(program), f"--dbname={address}", *map(str, arguments)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise BackupFault(f"{program} failed: {ran.stderr.strip()[:500]}")


def _program(name: str) -> str:
    """Debian keeps some of PostgreSQL's programs off the path."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None)
    if found is None:
        raise BackupFault(f"{name} was not found: install the package postgresql-client.")
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m deploy.backup")
    parser.add_argument("verb", choices=("save", "restore"))
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    work = save if given.verb == "save" else restore
    try:
        names = work(load_settings(), given.folder)
    except BackupFault as fault:
        sys.exit(str(fault))
    sys.stdout.write(f"{given.verb}d: {', '.join(names)}\n")


if __name__ == "__main__":
    main()
