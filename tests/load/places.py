"""`python -m tests.load.places`: how often old names find their unit, and how fast; written into docs/benchmarks.md."""

import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from motcua.places.resolver import Ambiguous, Answer, Resolved, Resolver
from motcua.places.units import OldName, load_places
from motcua.settings import load_settings
from motcua.vietnamese.folding import fold

FORMS: dict[str, Callable[[OldName], str]] = {
    "full": lambda old: f"{old.full_name}, {old.district}",
    "without type": lambda old: old.name,
    "without diacritics": lambda old: fold(old.full_name),
    "with old district": lambda old: fold(f"{old.name} {district_name(old)}"),
}


def district_name(old: OldName) -> str:
    """The old district without its type."""
    return next(
        old.district.removeprefix(kind) for kind in ("huyện ", "thị xã ", "thành phố ") if old.district.startswith(kind)
    )


def outcome(answer: Answer, old: OldName) -> str:
    """Whether an answer is right, asks with the right unit among what it offers, or is wrong."""
    match answer:
        case Resolved(unit=unit):
            return "right" if unit.code == old.unit else "wrong"
        case Ambiguous(choices=choices, units=units):
            codes = {choice.unit.code for choice in choices} | {unit.code for unit in units}
            return "asked" if old.unit in codes or not codes else "asked, but not for it"
    return "not recognised"


def outcomes(resolver: Resolver, names: list[OldName], form: Callable[[OldName], str]) -> Iterator[tuple[OldName, str, float]]:
    """(old name, outcome, milliseconds of processor time) for each."""
    for old in names:
        began = time.thread_time()
        answer = resolver.resolve(form(old))
        yield old, outcome(answer, old), (time.thread_time() - began) * 1000


def report() -> str:
    """The measurement as Markdown."""
    places = load_places(load_settings().knowledge_base / "places.yml")
    resolver, names = Resolver(places), list(places.old_names)
    rows, times = [], []
    for label, form in FORMS.items():
        found = list(outcomes(resolver, names, form))
        counted = Counter(what for _, what, _ in found)
        others = len(names) - counted["right"] - counted["asked"] - counted["wrong"]
        rows.append(f"| {label} | {counted['right']} | {counted['asked']} | {counted['wrong']} | {others} |")
        times += [milliseconds for *_, milliseconds in found]
    p95 = statistics.quantiles(times, n=20)[-1]
    return "\n".join(
        [
            "\n## Finding a place (`python -m tests.load.places`)",
            "",
            f"Measured {date.today().isoformat()} on {os.cpu_count()} cores, on {len(names)} old names in {len(FORMS)} forms.",
            "",
            "| written | right | asked back | wrong | not recognised |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"{statistics.median(times):.2f} ms of processor time each (p50), {p95:.2f} ms (p95), {max(times):.2f} ms at most.",
        ]
    )


if __name__ == "__main__":
    from tests.evaluation.report import BENCHMARKS, write_between  # loads the embedder, which tests of names have no use for

    write_between(BENCHMARKS, "<!-- places -->", "<!-- end of places -->", report())
