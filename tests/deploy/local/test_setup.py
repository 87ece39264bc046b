import os
import shutil
import subprocess
from pathlib import Path

import pytest

from motcua.settings import ROOT

LOCK_IS_OLD = "Set-up stopped: requirements.lock was made from another pyproject.toml. Run: make lock"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What the set-up reads, in a folder of its own, with a uv that installs nothing."""
    (tmp_path / "deploy" / "local").mkdir(parents=True)
    for name in ("deploy/local/setup.sh", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "uv").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "bin" / "uv").chmod(0o755)
    return tmp_path


def _set_up(copy: Path) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PATH": f"{copy / 'bin'}:{os.environ['PATH']}"}
    environment.pop("VENV", None)
    script = copy / "deploy" / "local" / "setup.sh"
    return subprocess.run([script], cwd=copy.parent, env=environment, capture_output=True, text=True, check=False)


def test_a_lock_of_other_dependencies_stops_the_set_up_and_says_what_to_run(copy: Path) -> None:
    pyproject = (copy / "pyproject.toml").read_text("utf-8")
    (copy / "pyproject.toml").write_text(pyproject.replace("dependencies = [", 'dependencies = [\n  "new",', 1), "utf-8")
    ran = _set_up(copy)
    assert ran.returncode == 1
    assert LOCK_IS_OLD in ran.stderr


def test_the_lock_belongs_to_the_dependencies_of_today(copy: Path) -> None:
    assert LOCK_IS_OLD not in _set_up(copy).stderr


def test_a_set_up_that_cannot_install_says_so_and_is_not_ready(copy: Path) -> None:
    ran = _set_up(copy)
    assert ran.returncode == 1
    assert "Set-up stopped: " in ran.stderr
    assert not (copy / ".venv" / ".ready").exists()


def test_the_lock_names_versions_and_no_address(copy: Path) -> None:
    lines = [line for line in (copy / "requirements.lock").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if "==" not in line or "//" in line or "@" in line] == []
