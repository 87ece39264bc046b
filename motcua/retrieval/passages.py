"""Passages: what of a procedure is indexed, each with the section it came from."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from motcua.procedures.catalogue.record import Record
from motcua.procedures.guide import Guide
from motcua.procedures.life_events import LifeEvent

# What people say: matched by meaning as well as by words. The other sections are matched by words alone.
PHRASE_SECTIONS = ("name", "also_called", "question", "summary")


@dataclass(frozen=True)
class Passage:
    """One piece of text about one procedure; `reviewed` where it comes from a guide of ours."""

    code: str
    section: str
    text: str
    reviewed: bool = True

    def as_dict(self) -> dict[str, Any]:
        """For the artefact on disk."""
        return asdict(self)


def passages_of(guide: Guide) -> Iterator[Passage]:
    """The guide cut into passages: its names and questions one by one, then each section whole."""
    for section, text in _sections(guide):
        if text:
            yield Passage(guide.code, section, text)


def record_passages(record: Record, phrases: Sequence[str]) -> Iterator[Passage]:
    """A record of the catalogue: its name, and how people say it."""
    name, *others = record.phrases or (record.name,)
    yield Passage(record.code, "name", name, reviewed=False)
    yield from (Passage(record.code, "also_called", other, reviewed=False) for other in others)
    yield from (Passage(record.code, "question", phrase, reviewed=False) for phrase in phrases)


def event_passages(event: LifeEvent) -> Iterator[Passage]:
    """A life event: its name, how people say it, what they ask."""
    yield Passage(event.code, "name", event.name)
    yield from (Passage(event.code, "also_called", phrase) for phrase in event.also_called)
    yield from (Passage(event.code, "question", question) for question in event.questions)
    yield Passage(event.code, "summary", event.summary)


def _sections(guide: Guide) -> Iterator[tuple[str, str]]:
    yield "name", guide.name
    for phrase in guide.also_called:
        yield "also_called", phrase
    for question in guide.questions.all():
        yield "question", question
    yield "summary", guide.summary
    yield "who", guide.who
    yield "papers", ". ".join(paper.name for paper in guide.papers)
    for case in guide.cases:
        yield "cases", ". ".join([case.when, *(paper.name for paper in case.papers)])
    yield "conditions", ". ".join(guide.conditions)
    yield "result", guide.result
