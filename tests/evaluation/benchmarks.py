"""docs/benchmarks.md: every part is written by a command, between marks of its own."""

from pathlib import Path

from motcua.settings import ROOT

BENCHMARKS = ROOT / "docs" / "benchmarks.md"


def write_between(path: Path, start: str, end: str, text: str) -> None:
    """Replaces what stands between two marks of a file, or appends both."""
    page = (
        path.read_text("utf-8")
        if path.exists()
        else "# Benchmarks\n\nEvery figure is written by the command named beside it.\n"
    )
    if start not in page:
        page += f"\n{start}\n{end}\n"
    before, rest = page.split(start, 1)
    path.write_text(f"{before}{start}\n{text}\n{end}{rest.split(end, 1)[1]}", "utf-8")
