"""Diacritics put back: the likeliest accented reading of folded text, by Viterbi over pairs of syllables.

Evidence for ranking only. What a citizen typed is never shown to them in another spelling.
"""

import itertools
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from motcua.vietnamese.chat import spell_out
from motcua.vietnamese.folding import fold

_SYLLABLE = re.compile(r"[^\W\d_]+")
_START = "<s>"
_UNSEEN_PAIR = 0.15  # share of a pair's chance that rests on the syllable alone (linear interpolation)


class Restorer:
    """Knows which accented syllables a folded one may stand for, and which follow one another."""

    def __init__(self, pairs: Counter[tuple[str, str]]) -> None:
        self._pairs = pairs
        self._singles: Counter[str] = Counter()
        self._first: Counter[str] = Counter()
        self._readings: dict[str, set[str]] = defaultdict(set)
        for (before, after), count in pairs.items():
            self._singles[after] += count
            self._first[before] += count
            self._readings[fold(after)].add(after)
        self._total = sum(self._singles.values()) or 1

    @classmethod
    def train(cls, texts: Iterable[str]) -> "Restorer":
        """From accented texts."""
        pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            syllables = [_START, *_SYLLABLE.findall(text.lower())]
            pairs.update(itertools.pairwise(syllables))
        return cls(pairs)

    def save(self, path: Path) -> None:
        """As JSON: {"before after": count}."""
        path.write_text(json.dumps({" ".join(pair): count for pair, count in self._pairs.items()}, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, path: Path) -> "Restorer":
        """From the JSON `save` wrote."""
        counts = json.loads(path.read_text("utf-8"))
        return cls(Counter({tuple(pair.split(" ")): count for pair, count in counts.items()}))

    def restore(self, text: str) -> str:
        """Lower-case text with the likeliest diacritics; a syllable typed with a mark, or never seen, stays as it is."""
        text = spell_out(text).lower()
        typed = _SYLLABLE.findall(text)
        restored = iter(self._best(typed))
        return _SYLLABLE.sub(lambda _: next(restored), text)

    def _best(self, typed: list[str]) -> list[str]:
        paths: dict[str, tuple[float, list[str]]] = {_START: (0.0, [])}
        for syllable in typed:
            paths = {reading: self._extend(paths, reading) for reading in self._options(syllable)}
        return max(paths.values())[1]

    def _options(self, syllable: str) -> set[str]:
        return self._readings.get(syllable) or {syllable}

    def _extend(self, paths: dict[str, tuple[float, list[str]]], reading: str) -> tuple[float, list[str]]:
        score, path = max((score + self._chance(before, reading), path) for before, (score, path) in paths.items())
        return score, [*path, reading]

    def _chance(self, before: str, after: str) -> float:
        alone = (self._singles[after] + 0.1) / self._total
        follows = self._pairs[before, after] / self._first[before] if self._first[before] else 0.0
        return math.log((1 - _UNSEEN_PAIR) * follows + _UNSEEN_PAIR * alone)
