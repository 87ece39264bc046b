"""The words by which people ask: which section they mean, what is only politeness, what corrects us."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, groupby, repeat
from pathlib import Path
from typing import TypeVar

import yaml

from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import marked_terms, pairs, terms

T = TypeVar("T")
Phrase = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Vocabulary:
    """Phrases of knowledge_base/vocabulary.yml, folded; all but actions and what corrects us as spelled."""

    sections: dict[str, tuple[Phrase, ...]]
    fillers: tuple[Phrase, ...]
    corrections: tuple[Phrase, ...]
    rejections: tuple[Phrase, ...]
    relatives: tuple[str, ...]
    names: tuple[Phrase, ...] = ()  # in which a word sounds like a section: "mai táng phí"
    emergencies: tuple[Phrase, ...] = ()  # accented words, as the next
    emergencies_with_marks: tuple[Phrase, ...] = ()  # without their marks they may mean something harmless
    harmless: tuple[Phrase, ...] = ()  # in which an emergency is none: "phòng cháy nhà xưởng"
    actions: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    official: tuple[Phrase, ...] = ()  # as spelled
    kinds: dict[Phrase, str] = field(default_factory=dict)  # of names no office deals with, as spelled: "osaka" is a city

    def sections_in(self, text: str) -> list[str]:
        """The sections a text asks for by name, in the order of the text."""
        said = marked_terms(text)
        named = self._named(said)
        rest = ["" if place in named else word for place, word in enumerate(said)]
        begun = {found for word in rest for found in self._section_by_first.get(word, ())}
        starts = sorted((start, name) for name, phrase in begun for start in _spelled_at(rest, phrase)[:1])
        return list(dict.fromkeys(name for _, name in starts))

    def sounds_official(self, text: str) -> bool:
        """Whether a text asks an office for something, be it a thing that no office gives."""
        said = marked_terms(text)
        return any(_spelled_at(said, phrase) for phrase in self.official)

    def about(self, text: str, *, with_marks: bool = False) -> list[str]:
        """The words left, as spelled, when section phrases and politeness are gone: what the question is about."""
        return list(chain.from_iterable(self.stretches(text, with_marks=with_marks)))

    def stretches(self, text: str, *, with_marks: bool = False) -> list[list[str]]:
        """The same words, those together that are neighbours in the text: "căn cước (giờ) làm lại" has no "cước làm".

        A word typed with marks must carry those of the phrase: "chó" is no "cho", "nhà" no "nha". `with_marks` where all
        marks are known to be there, so that a bare "con" is no "còn" either.
        """
        said = marked_terms(text)
        phrases = {phrase for word in said for phrase in self._aside.get(word, ())}
        taken = _places(said, phrases, with_marks=with_marks) - self._named(said)
        runs = groupby(range(len(said)), taken.__contains__)
        return [[said[place] for place in places] for is_taken, places in runs if not is_taken]

    def _named(self, said: Sequence[str]) -> set[int]:
        return _places(said, {phrase for word in said for phrase in self._name_by_first.get(word, ())})

    @cached_property
    def _name_by_first(self) -> dict[str, list[Phrase]]:
        return _by_first((name, name) for name in self.names)

    @cached_property
    def _aside(self) -> dict[str, list[Phrase]]:
        """What says nothing of the procedure, by its first word, with and without marks: most words begin none."""
        return _by_first((phrase, phrase) for found in (*self.sections.values(), self.fillers) for phrase in found)

    @cached_property
    def _section_by_first(self) -> dict[str, list[tuple[str, Phrase]]]:
        named = ((name, phrase) for name, phrases in self.sections.items() for phrase in phrases)
        return _by_first((phrase, (name, phrase)) for name, phrase in named)

    def kinds_in(self, stretches: Sequence[Sequence[str]]) -> list[str]:
        """The kinds of the names in a text, alone and with their neighbours: "bên Osaka" → #city, ben_#city.

        So what is learned of one name holds for all of its kind.
        """
        found: list[str] = []
        for words in map(self._by_kinds, stretches):
            found += [word for word in words if word.startswith("#")] + [pair for pair in pairs(words) if "#" in pair]
        return found

    def _by_kinds(self, words: Sequence[str]) -> list[str]:
        """The words folded, the longest names replaced by their kinds."""
        named, place = list[str](), 0
        while place < len(words):
            sizes = range(min(self._longest_name, len(words) - place), 0, -1)
            size = next((size for size in sizes if tuple(words[place : place + size]) in self.kinds), 0)
            named.append(f"#{self.kinds[tuple(words[place : place + size])]}" if size else fold(words[place]))
            place += size or 1
        return named

    @cached_property
    def _longest_name(self) -> int:
        return max(map(len, self.kinds), default=0)

    def content(self, text: str) -> list[str]:
        """The folded terms of what the question is about."""
        return list(map(fold, self.about(text)))

    def is_urgent(self, text: str) -> bool:
        """Whether a text tells of danger going on."""
        heard = _words(text)
        harmless = _places(heard, self.harmless)
        said = ["" if place in harmless else word for place, word in enumerate(heard)]
        if any(_spelled_at(said, phrase) for phrase in self.emergencies):
            return True
        return any(_spelled_at(said, phrase, with_marks=True) for phrase in self.emergencies_with_marks)

    def actions_in(self, said: list[str]) -> frozenset[str]:
        """What is to be done with a paper, by folded terms: "cấp lại vì mất" → again."""
        return frozenset(action for action, phrases in self.actions.items() if any(_at(said, phrase) for phrase in phrases))

    def corrected(self, text: str) -> list[str]:
        """The terms of what a correction wants instead: "không, ý tôi là tạm trú chứ không phải thường trú" → tam tru."""
        said = terms(text)
        for phrase in self.rejections:
            if (places := _at(said, phrase)) and places[0] > 0:
                said = said[: places[0]]
        return without(said, [*self.corrections, *(tuple(map(fold, phrase)) for phrase in self.fillers)])


def without(said: list[str], phrases: list[Phrase]) -> list[str]:
    """The terms that belong to none of the phrases."""
    taken = {place for phrase in phrases for start in _at(said, phrase) for place in range(start, start + len(phrase))}
    return [term for place, term in enumerate(said) if place not in taken]


def _at(said: list[str], phrase: Phrase) -> list[int]:
    if phrase[0] not in said:  # most phrases: three times as quick as trying every place
        return []
    size = len(phrase)
    return [start for start in range(len(said) - size + 1) if tuple(said[start : start + size]) == phrase]


def load_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary of that file."""
    words = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return Vocabulary(
        sections={section: _spelled_phrases(texts) for section, texts in words["sections"].items()},
        fillers=_spelled_phrases(words["fillers"]),
        corrections=_phrases(words["corrections"]),
        rejections=_phrases(words["rejections"]),
        relatives=tuple(words["relatives"]),
        names=_spelled_phrases(words.get("names", [])),
        emergencies=tuple(map(_words, words.get("emergencies", []))),
        emergencies_with_marks=tuple(map(_words, words.get("emergencies_with_marks", []))),
        harmless=tuple(map(_words, words.get("harmless", []))),
        actions={action: _phrases(texts) for action, texts in words.get("actions", {}).items()},
        official=_spelled_phrases(words.get("official", [])),
        kinds={name: kind for kind, texts in words.get("kinds", {}).items() for name in _spelled_phrases(texts)},
    )


def _by_first(phrases: Iterable[tuple[Phrase, T]]) -> dict[str, list[T]]:
    """What belongs to each phrase, by the phrase's first word with and without marks."""
    found: dict[str, list[T]] = {}
    for phrase, its in phrases:
        for first in {phrase[0], fold(phrase[0])}:
            found.setdefault(first, []).append(its)
    return found


def _phrases(texts: list[str]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(tuple(terms(text)) for text in texts))


def _spelled_phrases(texts: list[str]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(tuple(marked_terms(text)) for text in texts))


def _words(text: str) -> Phrase:
    return tuple(_WORD.findall(canonical(text).lower()))


def _places(said: Sequence[str], phrases: Iterable[Phrase], *, with_marks: bool = False) -> set[int]:
    found = ((start, phrase) for phrase in phrases for start in _spelled_at(said, phrase, with_marks=with_marks))
    return {place for start, phrase in found for place in range(start, start + len(phrase))}


def _spelled_at(said: Sequence[str], phrase: Phrase, *, with_marks: bool = False) -> list[int]:
    """Where a phrase is said: a word typed with marks must carry the same ones, "từ từ" is no "tự tử"."""
    if phrase[0] not in said and (with_marks or _bare(phrase[0]) not in said):  # most phrases
        return []
    size = len(phrase)
    starts = (start for start, typed in enumerate(said[: len(said) - size + 1]) if _is(typed, phrase[0], with_marks))
    return [start for start in starts if all(map(_is, said[start : start + size], phrase, repeat(with_marks)))]


def _is(typed: str, word: str, with_marks: bool) -> bool:
    return typed == word or (not with_marks and typed.isascii() and typed == _bare(word))


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    return fold(word)
