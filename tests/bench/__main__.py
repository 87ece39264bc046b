"""`make bench [ARGS=--short]`: stock Rasa and ours in turn, on the same messages; written into docs/benchmarks.md.

Each pair is measured one side right after the other, so that what else the machine does falls on both; what counts is the
ratio, the median over the pairs. `--short` tries it out: fewer turns, and a stock model that is trained for three epochs, which
is as fast as one trained for a hundred. `--pairs N` says how often.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date

from bot.model import model_path
from motcua.settings import ROOT, load_settings
from tests.bench.measure import SHORT, WHOLE, Figures, Size, measure
from tests.bench.stock.train import stock_model, training_seconds
from tests.evaluation.benchmarks import BENCHMARKS, write_between
from tests.load.machine import machine

START, END = "<!-- bench: written by make bench -->", "<!-- end of bench -->"
SHORT_START, SHORT_END = "<!-- bench, short: written by make bench ARGS=--short -->", "<!-- end of bench, short -->"


def main(arguments: Sequence[str]) -> None:
    """Trains what is missing, measures, writes."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--pairs", type=int, default=0)
    asked = parser.parse_args(arguments)
    size, pairs = SHORT if asked.short else WHOLE, asked.pairs or (1 if asked.short else 3)
    on, trained = machine(), _train(size)
    measured = [{name: measure(name, size) for name in ("stock", "ours")} for _ in range(pairs)]
    marks = (SHORT_START, SHORT_END) if asked.short else (START, END)
    write_between(BENCHMARKS, *marks, "\n".join(_page(measured, size, on, trained)))


def _train(size: Size) -> dict[str, float]:
    """Seconds of training; ours is trained anew where it is short, stock's is remembered."""
    command = (sys.executable, "-W", "ignore", "-m")
    subprocess.run([*command, "tests.bench.stock.train", str(size.epochs)], cwd=ROOT, check=True)
    began, ours = time.perf_counter(), model_path(load_settings())
    was_there = ours.exists()
    subprocess.run([*command, "bot.train"], cwd=ROOT, check=True)
    found = {"stock": training_seconds(stock_model(size.epochs))}
    return found if was_there else {**found, "ours": time.perf_counter() - began}


def _page(measured: Sequence[dict[str, Figures]], size: Size, on: str, trained: dict[str, float]) -> list[str]:
    times = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in trained.items())
    errors = ", ".join(f"{name} {sum(pair[name].errors for pair in measured)}" for name in ("stock", "ours"))
    return [
        "\n## Against stock Rasa (`make bench`)",
        "",
        f"Measured {date.today().isoformat()} on {on}. {len(measured)} pairs; medians of the figures and of the ratios.",
        f"Both on SQLite and with the same actions; stock's model was trained for {size.epochs} epochs. Training: {times}.",
        f"Turns without an answer: {errors}. Short conversations have 6 turns.",
        "",
        "| | stock | ours | ours / stock |",
        "|---|---|---|---|",
        *(_row(name, measured) for name in measured[0]["ours"].values),
        "",
        *(
            f"{told} from the first 20 turns of a conversation to turn 200: × {growth:.2f}."
            for told, growth in _growth(measured)
        ),
    ]


def _row(name: str, measured: Sequence[dict[str, Figures]]) -> str:
    stock, ours = (statistics.median(pair[side][name] for pair in measured) for side in ("stock", "ours"))
    ratio = statistics.median(pair["ours"][name] / pair["stock"][name] for pair in measured)
    return f"| {name} | {stock:.1f} | {ours:.1f} | {ratio:.2f} |"


def _growth(measured: Sequence[dict[str, Figures]]) -> list[tuple[str, float]]:
    first, last = "CPU of bot at turns 1 to 20, ms a turn", "CPU of bot at turns 181 to 200, ms a turn"
    return [
        (f"CPU a turn of {name},", statistics.median(pair[name][last] / pair[name][first] for pair in measured))
        for name in ("stock", "ours")
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
