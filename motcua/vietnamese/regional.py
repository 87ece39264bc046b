"""Regional and homely words read as the common ones: "mần răng" is làm sao, "u tôi" mẹ tôi."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from motcua.vietnamese.folding import fold
from motcua.vietnamese.spans import plain

_WORD = re.compile(r"\w+|[^\w\s]")  # marks of punctuation too: neighbours on their other side are none

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class RegionalWord:
    """One entry of knowledge_base/regional.yml; its comment there says what each guard does."""

    said: Phrase
    means: str
    bare: bool
    after: tuple[Phrase, ...]
    before: tuple[Phrase, ...]
    not_after: tuple[Phrase, ...]
    not_before: tuple[Phrase, ...]

    def fits(self, words: Sequence[str], folded: Sequence[str], at: int) -> bool:
        """Whether it stands at that word, with all of its guards content."""
        end = at + len(self.said)
        typed_bare = list(words) == list(folded)
        wanted = folded[at:end] == _folded(self.said) if typed_bare else tuple(words[at:end]) == self.said
        if not wanted or (typed_bare and not self.bare):
            return False
        before, after = folded[:at], folded[end:]
        if _ends(before, self.not_after) or _starts(after, self.not_before):
            return False
        return (not self.after or _ends(before, self.after)) and (not self.before or _starts(after, self.before))


class Regional:
    """Rewrites a text word by word."""

    def __init__(self, entries: Iterable[RegionalWord]) -> None:
        self._by_first: dict[str, list[RegionalWord]] = defaultdict(list)
        for entry in sorted(entries, key=lambda entry: -len(entry.said)):
            self._by_first[fold(entry.said[0])].append(entry)

    def standard(self, text: str) -> str:
        """The text with regional words replaced where their neighbours allow it; everything else as it was."""
        given = plain(text)
        found = [each.span() for each in _WORD.finditer(given.composed)]
        words, folded = [given.composed[start:end] for start, end in found], [given.folded[start:end] for start, end in found]
        pieces, done, at = [], 0, 0
        while at < len(found):
            entry = next((entry for entry in self._by_first.get(folded[at], ()) if entry.fits(words, folded, at)), None)
            if entry:
                start, end = given.span(found[at][0], found[at + len(entry.said) - 1][1])
                pieces += [text[done:start], entry.means]
                done = end
            at += len(entry.said) if entry else 1
        return "".join([*pieces, text[done:]])


def load_regional(path: Path) -> Regional:
    """The words of that file."""
    return Regional(_entry(fields) for fields in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))


def _entry(fields: dict[str, Any]) -> RegionalWord:
    guards = {name: _phrases(fields.pop(name, [])) for name in ("after", "before", "not_after", "not_before")}
    said, means, bare = str(fields.pop("said")).split(), str(fields.pop("means")), bool(fields.pop("bare", False))
    if fields:
        raise ValueError(f"regional word {' '.join(said)!r}: unknown fields {sorted(fields)}")
    return RegionalWord(tuple(said), means, bare, **guards)


def _phrases(texts: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(tuple(fold(text).split()) for text in texts)


def _folded(phrase: Phrase) -> list[str]:
    return [fold(word) for word in phrase]


def _ends(words: Sequence[str], phrases: Iterable[Phrase]) -> bool:
    return any(tuple(words[-len(phrase) :]) == phrase for phrase in phrases)


def _starts(words: Sequence[str], phrases: Iterable[Phrase]) -> bool:
    return any(tuple(words[: len(phrase)]) == phrase for phrase in phrases)
