"""`python -m tests.scale.throughput [N]`: turns a second with 1 … N of each process; written into docs/benchmarks.md.

One of each process has a core of its own; servers and who asks go where there is room. More help until the cores are full.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from motcua.replay import replay_all
from tests.crowd import TEXTS
from tests.evaluation.benchmarks import BENCHMARKS, write_between
from tests.load.machine import machine
from tests.scale.cluster import running_cluster
from tests.scale.servers import Process

USERS = 32
TURNS = 12  # of each user
WARM_UP = 8  # conversations, not counted: the first question of each process is slow


@dataclass(frozen=True)
class Row:
    """What was measured with so many of each process."""

    each: int
    rate: float  # turns a second
    p50: float  # ms
    p95: float
    failed: int
    cores: float  # kept busy by everything on this machine


def measure(each: int) -> Row:
    """Starts everything, gives each set of our processes a core, asks, ends everything."""
    with tempfile.TemporaryDirectory(prefix="scale-") as folder, running_cluster(Path(folder), each=each) as cluster:
        for process in cluster.processes.values():
            _keep_to_its_core(process)
        list(replay_all(_conversations(WARM_UP, 3), cluster.url, parallel=WARM_UP))
        began, busy = time.perf_counter(), _busy_seconds()
        results = list(replay_all(_conversations(USERS, TURNS), cluster.url, parallel=USERS))
        seconds = time.perf_counter() - began
        busy = _busy_seconds() - busy
    cuts = statistics.quantiles((result["latency_ms"] for result in results), n=100)
    failed = sum(result["status"].startswith("failed_") for result in results)
    return Row(each, len(results) / seconds, cuts[49], cuts[94], failed, busy / seconds)


def _keep_to_its_core(process: Process) -> None:
    """Process 1 of each kind to the first core, 2 to the second …; servers where they like."""
    number = process.name.rpartition("-")[2]
    if number.isdecimal() and process.running is not None:
        core = (int(number) - 1) % (os.cpu_count() or 1)
        subprocess.run(["taskset", "-acp", str(core), str(process.running.pid)], check=True, capture_output=True)


def _conversations(users: int, turns: int) -> list[dict[str, object]]:
    return [{"id": str(user), "turns": [TEXTS[(user + turn) % len(TEXTS)] for turn in range(turns)]} for user in range(users)]


def _busy_seconds() -> float:
    """Seconds that the cores of this machine have worked, for whomever."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """The command."""
    most, on = int(sys.argv[1]) if len(sys.argv) > 1 else 2, machine()
    rows = [measure(each) for each in range(1, most + 1)]
    told = [
        "\n## Several of each process (`make test-scale`)",
        "",
        f"Measured {date.today().isoformat()} on {on}; PostgreSQL, Redis, RabbitMQ, nginx and {USERS} users on the same cores.",
        f"{USERS * TURNS} turns each; a gateway, a bot, an action server and a consumer are one of each, and share one core.",
        "",
        "| of each process | turns/s | p50, ms | p95, ms | failed | cores busy |",
        "|---|---|---|---|---|---|",
        *(f"| {r.each} | {r.rate:.1f} | {r.p50:.0f} | {r.p95:.0f} | {r.failed} | {r.cores:.1f} |" for r in rows),
    ]
    write_between(BENCHMARKS, "<!-- scale: written by make test-scale -->", "<!-- end of scale -->", "\n".join(told))


if __name__ == "__main__":
    main()
