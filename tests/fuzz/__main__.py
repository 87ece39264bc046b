"""`make fuzz [N=1000000] [SEED=0]`: N damaged inputs through every parser that meets the outside, up to the first crash.

What each parser has read is written into docs/benchmarks.md. A crash is told as the name of the parser, the seed of the
input, and the input, so that it becomes a case of a test.
"""

import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.evaluation.benchmarks import BENCHMARKS, write_between
from tests.fuzz.targets import Target, targets

TOLD_EVERY = 50_000
START, END = "<!-- fuzz -->", "<!-- end of fuzz -->"


class Crashed(AssertionError):
    """An input that no parser may fall over."""

    def __init__(self, name: str, seed: int, given: object) -> None:
        super().__init__(f"{name}, seed {seed}: {ascii(given)[:2000]}")


def run(number: int, seed: int, folder: Path) -> dict[str, int]:
    """How many inputs each parser has read. Raises Crashed."""
    found = targets(folder)
    names = [name for name, target in found.items() for _ in range(target.share)]
    counted, began = dict.fromkeys(found, 0), time.monotonic()
    for place in range(number):
        name = names[place % len(names)]
        one(name, found[name], seed + place)
        counted[name] += 1
        if (place + 1) % TOLD_EVERY == 0:
            sys.stderr.write(f"{place + 1:,} inputs, {(place + 1) / (time.monotonic() - began):.0f} a second\n")
    return counted


def one(name: str, target: Target, seed: int) -> None:
    """One input; the same for the same seed. Raises Crashed."""
    given = target.make(random.Random(seed))
    try:
        target.read(given)
    except target.faults:
        return
    except Exception as error:
        raise Crashed(name, seed, given) from error


def main() -> None:
    """The command."""
    given = [int(value) for value in sys.argv[1:3]]
    number, seed = (*given, *(100_000, 0)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        counted = run(number, seed, Path(folder))
    told = f"{sum(counted.values()):,} inputs, no crash."
    page = [
        "\n## Damaged inputs (`make fuzz`)",
        "",
        f"Run {date.today()}, seed {seed}: {told}",
        "",
        "| parser | inputs |",
        "|---|---|",
        *(f"| {name} | {count:,} |" for name, count in counted.items()),
    ]
    write_between(BENCHMARKS, START, END, "\n".join(page))
    sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main()
