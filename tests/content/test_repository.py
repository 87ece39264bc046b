"""What may not be committed: addresses of one machine, of package registries, secrets."""

import re

import pytest

from motcua.settings import ROOT
from tests.content.repository import committed_files

MACHINE_PATH = re.compile(r"(?<![\w.~:$}-])/(?:root|home|work|Users|mnt)/\w")
REGISTRY = re.compile(
    r"py(?:pi\.org|thonhosted\.org)|registry\.(?:npmjs|yarnpkg)|deb\.debian|proxy\.golang"
    r"|https?://\S*/simple\b|https?://[\w.-]*(?:artifactory|nexus|devpi)",
    re.IGNORECASE,
)
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|(?i:(?:token|secret|password))\s*[:=]\s*[\"']?[A-Za-z0-9+/_-]{32,}")


def faults(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in committed_files():
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            lines = enumerate(content.decode("utf-8").splitlines(), start=1)
            found += [f"{path.relative_to(ROOT)}:{number}" for number, line in lines if pattern.search(line)]
    return found


def test_the_repository_is_walked() -> None:
    names = {str(path.relative_to(ROOT)) for path in committed_files()}
    assert {"Makefile", "motcua/settings.py", ".ci/run", "requirements.lock"} <= names
    assert not [name for name in names if name.startswith((".venv/", "var/", ".git/"))]


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (MACHINE_PATH, ("cd /", "home/an/hoi-mot-cua")),
        (MACHINE_PATH, ("path = '/", "root/x'")),
        (REGISTRY, ("index = https://", "pypi", ".org/", "simple")),
        (REGISTRY, ("https://mirror.example/", "simple/")),
        (SECRET, ("MOTCUA_SECRET=", "0123456789abcdef" * 2)),
    ],
)
def test_what_may_not_be_committed_is_recognised(pattern: re.Pattern[str], parts: tuple[str, ...]) -> None:
    assert pattern.search("".join(parts))


@pytest.mark.parametrize(
    "line", ["https://example.vn/home/x", "docs/work/plan.md", "~/work/x", "${TMP}/work/x", "token: ${MOTCUA_BOT_TOKEN}"]
)
def test_what_may_be_committed_passes(line: str) -> None:
    assert not any(pattern.search(line) for pattern in (MACHINE_PATH, REGISTRY, SECRET))


def test_no_file_names_a_path_of_one_machine() -> None:
    assert faults(MACHINE_PATH) == []


def test_no_file_names_a_package_registry() -> None:
    assert faults(REGISTRY) == []


def test_no_file_holds_a_secret() -> None:
    assert faults(SECRET) == []


def test_the_lock_holds_names_and_versions_only() -> None:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pinned = re.compile(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+( ;.*)?|#.*|")
    assert lines
    assert [line for line in lines if not pinned.fullmatch(line)] == []
