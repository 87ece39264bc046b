"""What a running process has used: read from /proc, so that nothing is put into what is measured."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """Processor seconds since the start, and MB resident now."""

    cpu_s: float
    resident_mb: float


def usage(pid: int) -> Usage:
    """Of one process and those it started."""
    found = [_usage(Path("/proc", str(number))) for number in _family(pid)]
    return Usage(sum(one.cpu_s for one in found), sum(one.resident_mb for one in found))


def _usage(process: Path) -> Usage:
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines() if ":" in line)
    return Usage((int(fields[11]) + int(fields[12])) / _TICKS, int(status["VmRSS"].split()[0]) / 1024)


def _family(pid: int) -> list[int]:
    children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    return [pid, *(member for child in children for member in _family(child))]
