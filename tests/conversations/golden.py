"""Golden conversations: what a supervisor wrote down in golden/*.yml, and whether a replay of it keeps to that."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from motcua.procedures.answers import source_facts
from motcua.procedures.loader import Guides

TELLS_FACTS = ("answered_from_guide", "answered_from_catalogue", "asked_which_case")
FOLDER = Path(__file__).parent / "golden"


class Expected(BaseModel):
    """What must be true of the reply to one message; what is not named is free."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    status: str
    procedure: str | None = None
    sections: list[str] | None = None
    contains: list[str] = []
    lacks: list[str] = []
    offers: list[str] = []


class Turn(BaseModel):
    """A message and what must follow."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    say: str
    then: Expected


class Golden(BaseModel):
    """One conversation; its name is a sentence."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    turns: list[Turn] = Field(min_length=1)


def load_golden() -> Iterator[tuple[str, Golden]]:
    """("topic: name", conversation) of every file."""
    for path in sorted(FOLDER.glob("*.yml")):
        for found in yaml.safe_load(path.read_text("utf-8")):
            golden = Golden.model_validate(found)
            yield f"{path.stem}: {golden.name}", golden


def faults(golden: Golden, results: Sequence[Mapping[str, Any]], guides: Guides) -> list[str]:
    """What is not as it should be, a line each, with the words that led there."""
    found = []
    for turn, result in zip(golden.turns, results, strict=True):
        found += [f"{turn.say!r}: {fault}" for fault in _turn_faults(turn.then, result, guides)]
    return found


def _turn_faults(then: Expected, got: Mapping[str, Any], guides: Guides) -> Iterator[str]:
    if got["status"] != then.status:
        yield f"status {got['status']}, expected {then.status}: {got['procedures']} {got['text'][:200]!r}"
        return
    if then.procedure and got["procedures"][:1] != [then.procedure]:
        yield f"procedures {got['procedures']}, expected {then.procedure} first"
    if then.sections is not None and got["sections"] != then.sections:
        yield f"sections {got['sections']}, expected {then.sections}"
    if set(then.offers) - set(got["choices"]):
        yield f"offers {got['choices']}, expected {then.offers} among them"
    yield from (f"lacks the fact {fact!r}: {got['text']!r}" for fact in then.contains if fact not in got["text"])
    yield from (f"says {fact!r}: {got['text']!r}" for fact in then.lacks if fact in got["text"])
    yield from _source_faults(got, guides)


def _source_faults(got: Mapping[str, Any], guides: Guides) -> Iterator[str]:
    """What tells facts names the source of each, to the reader and in its metadata; nothing else names one."""
    if got["status"] not in TELLS_FACTS:
        if got["sources"]:
            yield f"a source without an answer: {got['sources']}"
        return
    if got["status"] == "answered_from_catalogue":
        return
    guide = guides[got["procedures"][0]]
    if got["sources"][:1] != [source_facts(guide)]:
        yield f"sources {got['sources']}, expected {source_facts(guide)} first"
    if guide.code not in got["text"] or guide.decision not in got["text"]:
        yield f"the text does not name {guide.code} and {guide.decision}"
