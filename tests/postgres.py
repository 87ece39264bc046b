"""A PostgreSQL server of its own for the tests that need one, on loopback, thrown away afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port

_DEBIAN = Path("/usr/lib/postgresql")


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of a new, empty database. PostgreSQL refuses to run as root: then it runs as the user `postgres`."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        data, port = Path(folder, "data"), free_port()
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        _run("initdb", "-D", data, "-U", "motcua", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        _run("pg_ctl", "-D", data, "-w", "-l", Path(folder, "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg2://motcua@127.0.0.1:{port}/postgres"
        finally:
            _run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _run(program: str, *arguments: object) -> None:
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    command = [*as_postgres, str(_find(program)), *map(str, arguments)]
    # To files, not pipes: the server inherits them, and a pipe would stay open as long as it runs.
    with tempfile.TemporaryFile() as said:
        ran = subprocess.run(command, stdout=said, stderr=said, cwd="/", check=False)
        said.seek(0)
        assert ran.returncode == 0, f"{program} failed:\n{said.read().decode(errors='replace')}"


def _find(program: str) -> Path:
    found = [*sorted(_DEBIAN.glob(f"*/bin/{program}")), *map(Path, filter(None, [shutil.which(program)]))]
    assert found, f"{program} is missing: install the package postgresql"
    return found[-1]
