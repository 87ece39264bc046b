"""One side of the benchmark measured once, as plain figures."""

import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.drive import drive
from tests.bench.process import usage
from tests.bench.sides import RunningSide, running
from tests.bench.talk import LONG_TURNS, SHORT_TURNS, conversations

WARM_UP_TURNS = 60


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    users: tuple[int, ...]
    turns: int  # of short conversations, for each number of users; at least one conversation each
    long_conversations: int  # at once
    epochs: int  # that stock's model is trained


WHOLE = Size(users=(1, 8, 32, 128), turns=960, long_conversations=4, epochs=100)
SHORT = Size(users=(1, 8, 32, 128), turns=192, long_conversations=2, epochs=3)


@dataclass
class Figures:
    """Name → value; the names say the unit."""

    values: dict[str, float] = field(default_factory=dict)
    errors: int = 0

    def __getitem__(self, name: str) -> float:
        return self.values[name]


def measure(name: str, size: Size) -> Figures:
    """Starts a side, talks to it, stops it."""
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, running(name, Path(folder), epochs=size.epochs) as side:
        figures.values["warm start, s"] = side.start_s
        drive(side, [*conversations(WARM_UP_TURNS, each=SHORT_TURNS)], users=4)
        for users in size.users:
            _short(side, size, users, figures)
        _long(side, size, figures)
        figures.values |= {f"memory of {process}, MB": usage(pid).resident_mb for process, pid in side.pids.items()}
    return figures


def _short(side: RunningSide, size: Size, users: int, figures: Figures) -> None:
    before = _cpu_s(side)
    driven = drive(side, [*conversations(max(size.turns, users * SHORT_TURNS), each=SHORT_TURNS)], users=users)
    cuts = statistics.quantiles(driven.times_ms, n=100)
    told = f"{users} users" if users > 1 else "1 user"
    figures.errors += driven.errors
    figures.values |= {
        f"{told}: turns/s": driven.turns_per_s,
        f"{told}: p50, ms": cuts[49],
        f"{told}: p95, ms": cuts[94],
        f"{told}: p99, ms": cuts[98],
    }
    figures.values |= {
        f"{told}: CPU of {process}, ms a turn": (used - before[process]) * 1000 / len(driven.times_ms)
        for process, used in _cpu_s(side).items()
    }


def _long(side: RunningSide, size: Size, figures: Figures) -> None:
    """CPU of the bot around turn 10 and around turn 200 of the same conversations."""
    talks = [*conversations(LONG_TURNS * size.long_conversations, each=LONG_TURNS)]
    names = [f"long-{number}" for number in range(len(talks))]
    window, at = LONG_TURNS // 10, {}
    for first in range(0, LONG_TURNS, window):
        before = _cpu_s(side)["bot"]
        driven = drive(side, [talk[first : first + window] for talk in talks], users=len(talks), names=names)
        figures.errors += driven.errors
        at[first + window] = (_cpu_s(side)["bot"] - before) * 1000 / len(driven.times_ms)
    figures.values["CPU of bot at turns 1 to 20, ms a turn"] = at[window]
    figures.values["CPU of bot at turns 181 to 200, ms a turn"] = at[LONG_TURNS]


def _cpu_s(side: RunningSide) -> Mapping[str, float]:
    return {process: usage(pid).cpu_s for process, pid in side.pids.items()}
