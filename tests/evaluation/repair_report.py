"""`python -m tests.evaluation.repair_report`: what typing repair and restored diacritics are worth, as Markdown.

Every figure is of guides' questions whose guide was left out of the training (ten folds over the guides).
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from rapidfuzz.distance import LCSseq

from motcua.procedures.linter import all_texts
from motcua.procedures.loader import load_guides
from motcua.settings import ROOT
from motcua.vietnamese.bigrams import Bigrams
from motcua.vietnamese.chat import spell_out
from motcua.vietnamese.diacritics import Restorer
from motcua.vietnamese.folding import fold
from motcua.vietnamese.lexicon import dictionary_words
from motcua.vietnamese.repair import Repairer
from tests.evaluation.typing import KINDS, noisy

FOLDS = 10
EACH = 3  # every third question is enough to tell a tenth of a point
_SYLLABLE = re.compile(r"\w+")
Spell = Callable[[str], str]


@dataclass(frozen=True)
class Fold:
    """What was trained without some guides, and their questions."""

    repairer: Repairer
    restorer: Restorer
    questions: tuple[str, ...]


def folds() -> Iterator[Fold]:
    """The guides in turn left out."""
    guides = list(load_guides(ROOT / "knowledge_base" / "procedures").values())
    words = dictionary_words()
    for part in range(FOLDS):
        taught = [text for place, guide in enumerate(guides) if place % FOLDS != part for text in all_texts(guide)]
        asked = tuple(question for guide in guides[part::FOLDS] for question in guide.questions.all()[::EACH])
        bigrams = Bigrams.train(taught, words=words)
        yield Fold(Repairer(bigrams), Restorer(bigrams), asked)


def syllables(text: str) -> list[str]:
    """As retrieval counts them: short forms written out, lower case."""
    return _SYLLABLE.findall(spell_out(text).lower())


@dataclass(frozen=True)
class Tally:
    """Of one kind of text: syllables, those right before and after, and texts changed."""

    kind: str
    syllables: int
    before: int
    after: int
    texts: int
    changed: int


def tally(kind: str, part: Fold, spell: Spell, damage: Callable[[str, int], str]) -> Tally:
    """Repairs the questions of a fold, spelled and damaged."""
    meant, typed, mended, changed = 0, 0, 0, 0
    for seed, question in enumerate(part.questions):
        right = spell(question)
        wrong = damage(right, seed)
        repaired = part.repairer.repair(wrong)
        wanted, same = syllables(right), _same_marks(spell)
        meant += len(wanted)
        typed += LCSseq.similarity([same(word) for word in wanted], [same(word) for word in syllables(wrong)])
        mended += LCSseq.similarity([same(word) for word in wanted], [same(word) for word in syllables(repaired)])
        changed += syllables(repaired) != syllables(wrong)
    return Tally(kind, meant, typed, mended, len(part.questions), changed)


def _same_marks(spell: Spell) -> Spell:
    return fold if spell is fold else str


def restored(part: Fold) -> tuple[int, int]:
    """(syllables given their own diacritics back, syllables)."""
    pairs = [(question.lower(), part.restorer.restore(fold(question))) for question in part.questions]
    pairs = [(_SYLLABLE.findall(right), _SYLLABLE.findall(read)) for right, read in pairs]
    kept = [(right, read) for right, read in pairs if len(right) == len(read)]  # short forms are written out
    return (
        sum(one == other for right, read in kept for one, other in zip(right, read, strict=True)),
        sum(len(right) for right, _ in kept),
    )


def milliseconds(part: Fold, damage: Callable[[str, int], str]) -> tuple[float, float]:
    """p50 and p95 of one repair."""
    times = []
    for seed, question in enumerate(part.questions):
        wrong = damage(question, seed)
        began = time.perf_counter()
        part.repairer.repair(wrong)
        times.append(1000 * (time.perf_counter() - began))
    return float(np.percentile(times, 50)), float(np.percentile(times, 95))


def _tallies(part: Fold) -> list[Tally]:
    found = []
    for name, spell in (("with diacritics", str), ("without", fold)):
        found.append(tally(f"typed right, {name}", part, spell, lambda text, seed: text))
        found.append(tally(f"all kinds of slips, {name}", part, spell, noisy))
        for kind in KINDS:
            found.append(tally(f"{kind}, {name}", part, spell, lambda text, seed, kind=kind: noisy(text, seed, (kind,))))
    return found


def report() -> str:
    """The measurement as Markdown."""
    tallies: list[Tally] = []
    right = total = 0
    for part in folds():
        tallies += _tallies(part)
        good, all_of_them = restored(part)
        right, total = right + good, total + all_of_them
        speed = milliseconds(part, noisy)
    rows = [
        _row(kind, list(group)) for kind, group in groupby(sorted(tallies, key=lambda each: each.kind), lambda each: each.kind)
    ]
    return "\n".join(
        [
            "| guides' questions, left out by fold | syllables right as typed | after repair | texts changed |",
            "|---|---|---|---|",
            *rows,
            "",
            f"Diacritics put back: {100 * right / total:.1f} % of {total} syllables right.",
            f"One repair of a question with slips takes {speed[0]:.2f} ms (p50), {speed[1]:.2f} ms (p95).",
        ]
    )


def _row(kind: str, parts: Sequence[Tally]) -> str:
    meant = sum(part.syllables for part in parts)
    before, after = (100 * sum(getattr(part, name) for part in parts) / meant for name in ("before", "after"))
    changed = 100 * sum(part.changed for part in parts) / sum(part.texts for part in parts)
    return f"| {kind} | {before:.1f} % | {after:.1f} % | {changed:.2f} % |"


if __name__ == "__main__":
    print(report())  # noqa: T201
