"""What is asked of a place itself: its name of today, its hours, its telephone, the mobile one-stop."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

import yaml

from motcua.procedures.phrases import Phrases
from motcua.vietnamese.terms import marked_terms

Asked = Literal["today", "hours", "phone", "mobile", "centre"]


@dataclass(frozen=True)
class PlaceQuestions:
    """The phrases of knowledge_base/place_questions.yml."""

    said: Mapping[Asked, tuple[str, ...]]
    fillers: tuple[str, ...] = ()

    def of(self, text: str) -> list[Asked]:
        """What a text asks of a place, the most telling first."""
        return [asked for asked, phrases in self._phrases.items() if phrases.claim(text) is not None]

    def rest(self, text: str) -> list[str]:
        """The words left, as spelled, when these questions are gone: what else is asked about."""
        return marked_terms(self._all.rest(text))

    @cached_property
    def _phrases(self) -> dict[Asked, Phrases]:
        return {asked: Phrases(phrases) for asked, phrases in self.said.items()}

    @cached_property
    def _all(self) -> Phrases:
        return Phrases([*self.fillers, *(phrase for phrases in self.said.values() for phrase in phrases)])


def load_place_questions(path: Path) -> PlaceQuestions:
    """The questions of that file."""
    content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    said = {**content["asks"], "centre": content["centre"]}
    order: tuple[Asked, ...] = ("mobile", "today", "hours", "phone", "centre")
    assert set(order) == set(get_args(Asked))
    return PlaceQuestions({asked: tuple(said[asked]) for asked in order}, tuple(content["fillers"]))
