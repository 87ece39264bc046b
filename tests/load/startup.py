"""`python -m tests.load.startup [--fresh]`: time to the first answer and memory, written into docs/benchmarks.md.

Without `--fresh`, a second start: index and model are there. With it, a clone of the last commit in an empty home: set-up,
index, model and start.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from motcua.settings import ROOT
from tests.evaluation.report import BENCHMARKS, write_between
from tests.stack import running_stack

PROCESSES = ("bot.serve", "actions.serve", "gateway.app", "supervisord")


def resident_mb(var: Path) -> dict[str, float]:
    """MB resident of each process of the stack whose stores are in `var`."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = (status.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            environment = (status.parent / "environ").read_bytes().decode(errors="replace")
            lines = status.read_text().splitlines()
        except OSError:  # the process ended meanwhile
            continue
        name = next((name for name in PROCESSES if name in command), None)
        if name and f"MOTCUA_VAR={var}" in environment:
            found[name] = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
    return found


def second_start() -> list[str]:
    """A start on the index and model that are there."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        with running_stack(Path(folder)) as _:
            seconds = time.monotonic() - began
            memory = resident_mb(Path(folder))
    parts = ", ".join(f"{name.split('.')[0]} {size:.0f}" for name, size in memory.items())
    return [
        f"Second start to the first answer: {seconds:.0f} s. Memory of all processes: {sum(memory.values()):.0f} MB ({parts})."
    ]


def first_start() -> list[str]:
    """A clone of the last commit in an empty home."""
    keep = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG") or "PIP" in name or "CERT" in name}
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        home = Path(folder, "home")
        home.mkdir()
        ports = {"MOTCUA_PORT": "8800", "MOTCUA_BOT_PORT": "8801", "MOTCUA_ACTIONS_PORT": "8802"}
        began = time.monotonic()
        process = subprocess.Popen(
            ["make", "run"], cwd=clone, env={**keep, **ports, "HOME": str(home)}, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(f"{time.monotonic() - began:.0f} s {line.strip()}")
            if "answers at" in line:
                break
        process.terminate()
        process.wait()
    return ["First start, a fresh clone in an empty home:", "", "```text", *lines, "```"]


if __name__ == "__main__":
    is_fresh = "--fresh" in sys.argv
    mark = "first start" if is_fresh else "second start"
    told = first_start() if is_fresh else second_start()
    head = [f"\n## {mark.capitalize()} (`python -m tests.load.startup{' --fresh' if is_fresh else ''}`)", ""]
    measured = [f"Measured {date.today().isoformat()} on {os.cpu_count()} cores.", *told]
    write_between(BENCHMARKS, f"<!-- {mark} -->", f"<!-- end of {mark} -->", "\n".join([*head, *measured]))
