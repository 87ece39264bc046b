"""Facts citizens tell of themselves ("bị mất", "con 3 tuổi", "nhờ người khác") and the cases of a guide they decide.

The closed list is knowledge_base/facts.yml: editors say there by which words a fact is told and which cases it fits.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from motcua.procedures.guide import Case, Guide, Text
from motcua.procedures.phrases import Phrases
from motcua.vietnamese.ages import find_ages
from motcua.vietnamese.folding import fold

_BELOW = re.compile(r"(?:duoi|chua du|chua den) $")
_BOUND = re.compile(r"(?:(?:duoi|chua du|chua den|tren|hon|tu|tu du) )?$")
_POETRY = re.compile(r" tho\b")  # "90 tuổi thọ"


class Ages(BaseModel):
    """Whole years, from one up to but without another."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    from_: Annotated[int, Field(alias="from")]
    below: int


class Fact(BaseModel):
    """One thing a citizen may tell. A fact of a topic holds for the procedure it was told of, one of a person for all."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    label: Text
    scope: Literal["topic", "person"] = "person"
    said: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    ages: Ages | None = None
    cases: tuple[str, ...] = ()  # ids of cases, or "code/id" where an id means something else in another guide
    is_common: bool = False

    def fits(self, guide: Guide, case: Case) -> bool:
        """Whether this fact puts a citizen into that case."""
        return case.id in self.cases or f"{guide.code}/{case.id}" in self.cases


@dataclass(frozen=True)
class Facts:
    """All facts of the list, by id."""

    all: Mapping[str, Fact]
    groups: Mapping[str, tuple[str, ...]]

    def told(self, text: str) -> dict[str, bool]:
        """The facts a text tells (True) or denies (False)."""
        ages = list(_ages(text))
        found = {fact: self._phrases[fact].claim(text) for fact in self.all}
        by_age = {name: True for name, fact in self.all.items() if any(_within(fact, age) for age in ages)}
        return {name: claim for name, claim in found.items() if claim is not None} | by_age

    def decided(self, guide: Guide, told: Mapping[str, object]) -> list[tuple[Case, Fact]]:
        """The cases of a guide that these facts decide, each with the fact that decides it."""
        known = [self.all[name] for name in told if name in self.all]
        fitting = [(case, next((fact for fact in known if fact.fits(guide, case)), None)) for case in guide.cases]
        return [(case, fact) for case, fact in fitting if fact]

    def rest(self, text: str) -> str:
        """The folded text without the words that tell facts, ages among them."""
        for phrases in self._phrases.values():
            text = phrases.rest(text)
        return fold(without_ages(text))

    def common_cases(self, guide: Guide) -> list[Case]:
        """The cases of a guide that everyday facts decide: one of them is likely to be the citizen's."""
        common = [fact for fact in self.all.values() if fact.is_common]
        return [case for case in guide.cases if any(fact.fits(guide, case) for fact in common)]

    @cached_property
    def _phrases(self) -> dict[str, Phrases]:
        return {
            name: Phrases(fact.said, self.groups, not_before=fact.not_before, not_after=fact.not_after)
            for name, fact in self.all.items()
        }


def _within(fact: Fact, age: int) -> bool:
    return fact.ages is not None and fact.ages.from_ <= age < fact.ages.below


def _ages(text: str) -> Iterator[int]:
    """Whole years, in figures or words; of "dưới 14 tuổi" those of the oldest below it."""
    for age in find_ages(text):
        if _POETRY.match(fold(text[age.end :])):
            continue
        years = int(age.value) // 12
        yield max(years - 1, 0) if _BELOW.search(fold(text[: age.start])) else years


def without_ages(text: str) -> str:
    """The text without the ages it tells."""
    for age in reversed(find_ages(text)):
        text = text[: _BOUND.search(fold(text[: age.start])).start()] + " " + text[age.end :]  # type: ignore[union-attr]
    return text


def load_facts(path: Path) -> Facts:
    """The facts of that file. Raises ValidationError."""
    content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    facts = [Fact.model_validate(fact) for fact in content["facts"]]
    groups = {name: tuple(words) for name, words in content["groups"].items()}
    groups["relative"] = _with_pronouns(groups["relative"], groups["pronoun"])
    groups["elder"] = _with_pronouns(groups["elder"], groups["pronoun"])
    return Facts({fact.id: fact for fact in facts}, groups)


def _with_pronouns(people: tuple[str, ...], pronouns: tuple[str, ...]) -> tuple[str, ...]:
    return (*people, *(f"{one} {pronoun}" for one in people for pronoun in pronouns))
