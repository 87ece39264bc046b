"""What separates procedures that may be meant: one short question with short answers instead of long official names.

The questions are content (knowledge_base/distinctions.yml); which of them separates these procedures, their names say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from motcua.procedures.guide import Text
from motcua.vietnamese.terms import terms
from motcua.vietnamese.vocabulary import without

MAX_MATTER_WORDS = 6  # a longer run is half an official name and is not read out
_WORD = re.compile(r"\w+")
_ASIDE = re.compile(r"\s*\([^)]*\)")


class Answer(BaseModel):
    """One answer to a distinction: the words in a name that mean it; none where it is what the others are not."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    label: Text
    named: tuple[str, ...] = ()
    fact: str | None = None

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """The words, padded so that only whole words are found."""
        return tuple(_padded(words) for words in self.named)


class Distinction(BaseModel):
    """A question whose answers part procedures."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    question: Text
    answers: tuple[Answer, ...] = Field(min_length=2)

    def answer_for(self, name: str) -> Answer | None:
        """The first answer whose words are in the name, else the answer without words."""
        said = _padded(name)
        named = [answer for answer in self.answers if any(phrase in said for phrase in answer.phrases)]
        return next(iter([*named, *(answer for answer in self.answers if not answer.named)]), None)


@dataclass(frozen=True)
class Separation:
    """What the procedures share, the question that parts them and one answer for each, in their order."""

    matter: str
    question: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Distinctions:
    """The questions, the plainest first, and the words that name no matter ("đăng ký")."""

    all: tuple[Distinction, ...]
    generic: tuple[tuple[str, ...], ...]

    def between(self, names: Sequence[str]) -> Separation | None:
        """The first question that every one of these names answers in its own way.

        None where there is none, or where the names are of different matters: a question would then mislead.
        """
        if len(names) < 2:
            return None
        bare = [_ASIDE.sub("", name) for name in names]
        matter = shared_words(bare)
        is_one_matter = len(matter.split()) * 2 >= min(len(name.split()) for name in bare)
        if not is_one_matter or len(without(terms(matter), list(self.generic))) < 2:
            return None
        for distinction in self.all:
            answers = [distinction.answer_for(name) for name in names]
            given = tuple(answer for answer in answers if answer)
            if len(given) == len(names) == len({answer.label for answer in given}):
                return Separation(matter if len(matter.split()) <= MAX_MATTER_WORDS else "", distinction.question, given)
        return None


def shared_words(names: Sequence[str]) -> str:
    """The longest run of words that all names hold: "tạm trú" of "Đăng ký tạm trú" and "Gia hạn tạm trú"."""
    shared, *others = [name.split() for name in names]
    for words in others:
        ours, theirs = ([word.lower() for word in side] for side in (shared, words))
        match = SequenceMatcher(None, ours, theirs, autojunk=False).find_longest_match()
        shared = shared[match.a : match.a + match.size]
    return " ".join(shared).strip(":;,.")


def _padded(text: str) -> str:
    # with diacritics, which names have: folded, "đối với" would be "đổi"
    return f" {' '.join(_WORD.findall(text.lower()))} "


def load_distinctions(path: Path) -> Distinctions:
    """The questions of that file. Raises ValidationError."""
    content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    asked = tuple(Distinction.model_validate(found) for found in content["distinctions"])
    return Distinctions(asked, tuple(tuple(terms(words)) for words in content["generic"]))
