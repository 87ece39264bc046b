"""Life events: what to do, in which order, when a child is born or a parent dies; each step is a procedure with a guide.

An event holds no fact of its own: papers, places and times are read from the guides of its steps.
`python -m motcua.procedures.life_events KNOWLEDGE_BASE` prints one line a fault.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from motcua.procedures.content_file import Content, load_content
from motcua.procedures.guide import Code, Text
from motcua.procedures.loader import load_guides
from motcua.vietnamese.folding import fold

MAX_STEPS = 8  # more is not read out to the end


class Step(BaseModel):
    """One thing to do: its procedure, and in plain words when it has to be done."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    procedure: Code
    when: Text | None = None
    note: Text | None = None


class LifeEvent(Content):
    """An event of life and what it asks for. Beside guides it is one more thing a question may mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z-]+$")]
    name: Text
    intro: Text
    also_called: tuple[Text, ...] = Field(min_length=3)
    questions: tuple[Text, ...] = Field(min_length=15)
    steps: tuple[Step, ...] = Field(min_length=2, max_length=MAX_STEPS)
    tips: tuple[Text, ...] = ()
    checked_on: date

    @property
    def code(self) -> str:
        """What stands for it where procedures stand by code; no procedure's code looks like it."""
        return self.id

    @property
    def summary(self) -> str:
        """What it is about, in a sentence."""
        return self.intro

    @property
    def procedures(self) -> list[str]:
        """The codes of its steps, in order."""
        return [step.procedure for step in self.steps]


LifeEvents = Mapping[str, LifeEvent]


def load_life_events(folder: Path) -> LifeEvents:
    """All life events below the folder by their code; an empty mapping where there is no folder."""
    events = [load_content(path, LifeEvent) for path in sorted(folder.glob("*.yml"))]
    return {event.code: event for event in events}


def lint(knowledge_base: Path) -> Iterator[str]:
    """One line a fault: steps without a guide or told twice, phrases that are the same once folded."""
    guides = load_guides(knowledge_base / "procedures")
    for event in load_life_events(knowledge_base / "life_events").values():
        yield from (f"{event.id}: steps: no guide for {code}" for code in event.procedures if code not in guides)
        if len(set(event.procedures)) < len(event.procedures):
            yield f"{event.id}: steps: each procedure once"
        for one, other in combinations(map(fold, (*event.also_called, *event.questions)), 2):
            if one == other:
                yield f"{event.id}: also_called/questions: {one!r} twice once folded"


if __name__ == "__main__":
    found = list(lint(Path(sys.argv[1])))
    sys.stdout.write("\n".join(found or ["No fault."]) + "\n")
    sys.exit(bool(found))
