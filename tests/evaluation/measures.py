"""What came of a message, and the shares of that; in per cent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.evaluation.questions import Answerable

_DECLINING = ("declined_", "smalltalk", "handed_over", "referred_")


def kind_of(status: str) -> str:
    """What a status means to whoever asked: answered, asked back, declined or failed."""
    if status.startswith("answered_"):
        return "answered"
    if status.startswith("asked_"):
        return "asked back"
    return "declined" if status.startswith(_DECLINING) else "failed"


@dataclass(frozen=True)
class Outcome:
    """What came of a question that can be answered."""

    kind: str
    first: bool
    among_three: bool
    section: bool


def outcome(asked: Answerable, result: Mapping[str, Any]) -> Outcome:
    """From a result of `motcua.replay`."""
    procedures, right = result["procedures"], asked.right_codes
    return Outcome(
        kind_of(result["status"]),
        is_among(procedures[:1], right),
        is_among([*procedures[:3], *result["choices"]], right),
        is_section_right(asked, result["sections"]),
    )


def is_section_right(asked: Answerable, answered: Sequence[str]) -> bool:
    """Whether the first section is one that was asked; where two were asked, whether both are there."""
    if len(asked.sections) > 1:
        return set(asked.sections) <= set(answered)
    return is_among(answered[:1], asked.right_sections)


def is_among(found: Sequence[str], right: Sequence[str]) -> bool:
    """Whether anything found is right."""
    return bool(set(found) & set(right))


def share(claims: Sequence[bool]) -> float | None:
    """Per cent that hold; None of nothing."""
    return 100 * sum(claims) / len(claims) if claims else None


def shares(outcomes: Sequence[Outcome]) -> tuple[float | None, ...]:
    """In the order of the columns of tables.ANSWERABLE."""
    answers = [found for found in outcomes if found.kind == "answered"]
    return (
        len(outcomes),
        share([found.first for found in outcomes]),
        share([found.among_three for found in outcomes]),
        share([found.section for found in outcomes]),
        share([found.kind == "answered" and found.first and found.section for found in outcomes]),
        share([not found.first for found in answers]),
        share([found.kind == "asked back" for found in outcomes]),
        share([found.kind == "declined" for found in outcomes]),
        share([found.kind == "failed" for found in outcomes]),
    )


def shares_of_kinds(kinds: Sequence[str]) -> tuple[float | None, ...]:
    """In the order of the columns of tables.DECLINED."""
    return (
        len(kinds),
        *(share([kind == wanted for kind in kinds]) for wanted in ("declined", "asked back", "answered", "failed")),
    )
