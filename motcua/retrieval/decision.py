"""Answer, ask which, or say that we don't have it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

# A wrong answer costs a citizen a day, a question back costs ten seconds. Chosen on a development set of 980 questions and 600
# matters without a procedure; ADR 0004 has the curves.
MIN_TO_ANSWER = 0.7
MIN_TO_ANSWER_UNREVIEWED = 0.8  # a record has fewer phrases of its own, and more neighbours
MIN_LEAD = 0.4
MIN_TO_OFFER = 0.06
MIN_OF_BEST = 0.2  # what has less of the best one's chance was never the right one of a list, and makes it look careless
MAX_NONE = 0.35
MAX_NONE_TO_ASK = 0.08  # where several are close, or records alone: who brings what no office gives finds a bit of it in many
MAX_CHOICES = 4
# What is declined and may be there after all names so many that come near, up to this chance that none is meant.
MAX_NEAR, MAX_NONE_NEAR = 2, 0.9


@dataclass(frozen=True)
class Candidate:
    """A procedure and the chance that it is the one that was meant; of the likeliest also why."""

    code: str
    chance: float
    reviewed: bool = True  # it has a guide, or is a life event
    passage: str = field(default="", compare=False)  # the phrase of it that is nearest to the question
    features: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Decision:
    """What to do with a question, and the procedures it rests on, best first; of one that is declined, what comes near."""

    kind: Literal["answer", "ask_which", "decline"]
    candidates: tuple[Candidate, ...]

    @property
    def codes(self) -> list[str]:
        """The codes of the candidates, best first."""
        return [candidate.code for candidate in self.candidates]

    def is_clear(self, minimum: float) -> bool:
        """Whether it is an answer of at least that chance."""
        return self.kind == "answer" and self.candidates[0].chance >= minimum


def none_of(ranked: Sequence[Candidate]) -> float:
    """The chance that none of all procedures is meant."""
    return 1 - sum(candidate.chance for candidate in ranked)


def merged(ranked: Sequence[Candidate], meant: Callable[[str], str]) -> list[Candidate]:
    """The candidates, best first, those that stand for one procedure as one with the chances of all."""
    found: dict[str, Candidate] = {}
    for candidate in ranked:
        code = meant(candidate.code)
        first = found.get(code)
        found[code] = replace(first or candidate, code=code, chance=candidate.chance + (first.chance if first else 0.0))
    return sorted(found.values(), key=lambda candidate: -candidate.chance)


def decide(candidates: Sequence[Candidate], *, none: float | None = None) -> Decision:
    """From candidates best first: one clear winner is answered, a few close ones are asked back, else we decline.

    `none` is the chance that none is meant, where some of the candidates ranked have been left out since.
    """
    best = tuple(candidates[:MAX_CHOICES])
    none = none_of(candidates) if none is None else none
    least = max(MIN_TO_OFFER, MIN_OF_BEST * best[0].chance) if best else MIN_TO_OFFER
    offered = tuple(candidate for candidate in best if candidate.chance >= least)
    stands_out = bool(best) and best[0].chance - (best[1].chance if len(best) > 1 else 0.0) >= MIN_LEAD
    is_clear = stands_out and best[0].chance >= (MIN_TO_ANSWER if best[0].reviewed else MIN_TO_ANSWER_UNREVIEWED)
    may_be_none = MAX_NONE if is_clear or (stands_out and best[0].reviewed) else MAX_NONE_TO_ASK
    if not offered or none > may_be_none:
        return Decision("decline", offered[:MAX_NEAR] if none <= MAX_NONE_NEAR else ())
    return Decision("answer", best) if is_clear else Decision("ask_which", best[: max(2, len(offered))])  # one is no choice
