"""Digital skills: what people get stuck at before any procedure (VNeID, filing, paying, signing), step by step with checks.

A skill is found by its words and not by retrieval: what names it ("qua mạng", "trực tuyến") is what retrieval puts aside.
`python -m motcua.procedures.digital_skills KNOWLEDGE_BASE` prints one line a fault.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from motcua.procedures.content_file import Content, ContentFault, load_content
from motcua.procedures.guide import Text
from motcua.procedures.phrases import Phrases
from motcua.vietnamese.terms import terms

SKILLS = "digital_skills"
MAX_STEPS, MAX_SCREENS = 8, 5
NEXT, AGAIN, END = "next", "again", "end"
Id = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Screen(_Facts):
    """What a citizen may see at a step, what helps then, and where it goes on."""

    sees: Annotated[str, Field(min_length=2, max_length=70)]
    help: Text | None = None
    go: str = NEXT  # next, again, end, or the id of a step


class Step(_Facts):
    """One thing to do on the screen, and the question that tells whether it worked."""

    id: Id
    title: Text
    do: Text
    ask: Text
    screens: tuple[Screen, ...] = Field(min_length=1, max_length=MAX_SCREENS)


class DigitalSkill(_Facts, Content):
    """Something done on a phone or computer, step by step."""

    id: Id
    name: Text
    intro: Text
    needs: tuple[Text, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = {}
    said: tuple[Text, ...] = Field(min_length=5)  # phrases joined by " + " are all to be said, in any order
    alone: tuple[Text, ...] = ()  # means the skill where it is all that is said
    unless: tuple[Text, ...] = ()
    is_general: bool = False  # the same for all procedures: gives way to the one that is asked about
    steps: tuple[Step, ...] = Field(min_length=2, max_length=MAX_STEPS)
    finish: Text
    checked_on: date

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "DigitalSkill":
        ids = [step.id for step in self.steps]
        known = {NEXT, AGAIN, END, *ids}
        for step in self.steps:
            if wrong := [screen.go for screen in step.screens if screen.go not in known]:
                raise ValueError(f"steps.{step.id}: go: {wrong[0]!r} is no step")
            if all(screen.go == AGAIN for screen in step.screens):
                raise ValueError(f"steps.{step.id}: no screen leads on")
        if len(set(ids)) < len(ids):
            raise ValueError("steps: an id stands twice")
        return self

    def place(self, step: str) -> int | None:
        """The place of a step, from 0; None if there is none of that id (any more)."""
        return next((place for place, found in enumerate(self.steps) if found.id == step), None)

    def after(self, place: int, screen: Screen) -> int | None:
        """The place of the step that follows a screen; None where the skill ends."""
        if screen.go == END or (screen.go == NEXT and place + 1 == len(self.steps)):
            return None
        return {NEXT: place + 1, AGAIN: place}.get(screen.go, self.place(screen.go))


@dataclass(frozen=True)
class Named:
    """A skill that a message names, the message without the words that name it, and whether it is a name and nothing else."""

    skill: DigitalSkill
    rest: str
    is_alone: bool = False


class DigitalSkills(dict[str, DigitalSkill]):
    """All skills by their id."""

    def named(self, text: str) -> Named | None:
        """The skill a message asks for: the one it is the name of, else the one named by the most words."""
        found = [named for skill in self.values() if (named := self._named(skill, text))]
        return min(found, key=lambda named: (not named.is_alone, len(named.rest)), default=None)

    def _named(self, skill: DigitalSkill, text: str) -> Named | None:
        signs = self._signs[skill.id]
        if " ".join(terms(text)) in signs.alone:
            return Named(skill, "", is_alone=True)
        if signs.unless.claim(text) is not None:
            return None
        rests = [_cut(parts, text) for parts in signs.said if all(part.claim(text) for part in parts)]
        return Named(skill, min(rests, key=len)) if rests else None

    @cached_property
    def _signs(self) -> Mapping[str, "_Signs"]:
        return {name: _Signs.of(skill) for name, skill in self.items()}


@dataclass(frozen=True)
class _Signs:
    said: tuple[tuple[Phrases, ...], ...]
    alone: frozenset[str]
    unless: Phrases

    @classmethod
    def of(cls, skill: DigitalSkill) -> "_Signs":
        said = tuple(tuple(Phrases([part], skill.groups) for part in phrase.split(" + ")) for phrase in skill.said)
        return cls(said, frozenset(" ".join(terms(phrase)) for phrase in skill.alone), Phrases(skill.unless))


def _cut(parts: tuple[Phrases, ...], text: str) -> str:
    for part in parts:
        text = part.rest(text)
    return text


def load_digital_skills(folder: Path) -> DigitalSkills:
    """All skills below the folder. Raises ContentFault."""
    return DigitalSkills({path.stem: load_content(path, DigitalSkill) for path in sorted(folder.glob("*.yml"))})


def lint(knowledge_base: Path) -> Iterator[str]:
    """One line a fault: a file that breaks the model, a step nothing leads to, a name that means another skill."""
    try:
        skills = load_digital_skills(knowledge_base / SKILLS)
    except ContentFault as fault:
        yield str(fault)
        return
    for skill in skills.values():
        yield from _faults(skill, skills)


def _faults(skill: DigitalSkill, skills: DigitalSkills) -> Iterator[str]:
    reached = {0}
    for place, step in enumerate(skill.steps):
        reached |= {follows for screen in step.screens if (follows := skill.after(place, screen)) is not None}
    yield from (
        f"{skill.id}: steps.{step.id}: nothing leads here" for place, step in enumerate(skill.steps) if place not in reached
    )
    if (found := skills.named(skill.name)) and found.skill is not skill:
        yield f"{skill.id}: name: means {found.skill.id}"


if __name__ == "__main__":
    faults = list(lint(Path(sys.argv[1])))
    sys.stdout.write("\n".join(faults or ["No fault."]) + "\n")
    sys.exit(bool(faults))
