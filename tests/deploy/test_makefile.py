import re
import subprocess

from motcua.settings import ROOT

INTERNAL = {"chromium", "postgresql", "redis"}  # steps of `make test`


def _tasks() -> set[str]:
    listed = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert listed
    return set(listed[1].split()) - INTERNAL


def test_help_lists_every_task_with_what_it_does() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    told = dict(re.match(r"(\S+)\s+(\S.*)", line).groups() for line in shown.splitlines())
    assert set(told) == _tasks()
    assert all(told.values())


def test_help_is_what_make_alone_does() -> None:
    alone, asked = (
        subprocess.run(["make", "--no-print-directory", *args], cwd=ROOT, capture_output=True, text=True).stdout
        for args in ([], ["help"])
    )
    assert alone == asked != ""
