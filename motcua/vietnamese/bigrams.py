"""How likely one syllable follows another: weighted counts of pairs, smoothed, in a small file."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motcua.vietnamese.canonical import canonical

START = "<s>"
SYLLABLE = re.compile(r"[^\W\d_]+")
# Guides speak as citizens do. Unweighed, four million syllables of official records cost 2 points on questions of citizens
# (94.2 → 91.5 % of syllables restored rightly); damped like this they cost none and give 4 on legal text.
_FORMAL_WEIGHT = 0.3
_WORD_WEIGHT = 0.2
_DISCOUNT = 0.7  # share taken from a pair seen once, and given to pairs unseen (interpolated absolute discounting)
_NEVER = math.log(1e-7)

Pairs = Counter[tuple[str, str]]


class Bigrams:
    """Log chances of pairs; syllables are lower-case strings."""

    def __init__(self, syllables: Sequence[str], one: NDArray[Any], other: NDArray[Any], weight: NDArray[Any]) -> None:
        """Of each pair: the place of one syllable, the place of the next, the weight."""
        self._syllables, self._one, self._other, self._weight = list(syllables), one, other, weight
        size = len(self._syllables)
        first = np.bincount(one, weights=weight, minlength=size)
        alone = np.bincount(other, weights=weight, minlength=size)
        taken = np.minimum(_DISCOUNT, _DISCOUNT * weight)
        left = np.bincount(one, weights=taken, minlength=size) / np.maximum(first, 1e-9)
        left[first == 0] = 1.0
        share = np.maximum(alone, 0.01) / max(float(alone.sum()), 1.0)
        chance = (weight - taken) / np.maximum(first[one], 1e-9) + left[one] * share[other]
        self.weights = self._by_syllable(alone)
        self.alone = self._by_syllable(np.log(share))
        self.unseen = self._by_syllable(np.log(left))
        self.seen = self._follows(np.log(chance))

    def _by_syllable(self, values: NDArray[Any]) -> dict[str, float]:
        return dict(zip(self._syllables, values.tolist(), strict=True))

    def _follows(self, logs: NDArray[Any]) -> dict[str, dict[str, float]]:
        seen: dict[str, dict[str, float]] = {}
        shared: dict[float, float] = {}  # rounded chances share one float: a third of the memory
        for one, other, log in zip(self._one.tolist(), self._other.tolist(), logs.round(2).tolist(), strict=True):
            seen.setdefault(self._syllables[one], {})[self._syllables[other]] = shared.setdefault(log, log)
        return seen

    @classmethod
    def train(cls, texts: Iterable[str], *, formal: Iterable[str] = (), words: Iterable[str] = ()) -> "Bigrams":
        """From accented texts of citizens' language, from formal ones, and from the words of a dictionary."""
        pairs = _count([START, *_syllables(text)] for text in texts)
        for pair, count in _count([START, *_syllables(text)] for text in formal).items():
            pairs[pair] += _FORMAL_WEIGHT * math.sqrt(count)  # type: ignore[assignment]
        for pair in _count(_syllables(word) for word in words):
            pairs[pair] += _WORD_WEIGHT  # type: ignore[assignment]
        return cls._of(pairs)

    @classmethod
    def _of(cls, pairs: Pairs) -> "Bigrams":
        syllables = sorted({syllable for pair in pairs for syllable in pair})
        place = {syllable: at for at, syllable in enumerate(syllables)}
        rows = sorted((place[one], place[other], weight) for (one, other), weight in pairs.items())
        table = np.array(rows, dtype=np.float32).reshape(-1, 3)
        return cls(syllables, table[:, 0].astype(np.uint16), table[:, 1].astype(np.uint16), table[:, 2])

    def mapped(self, change: Callable[[str], str]) -> "Bigrams":
        """The same counts of changed (for instance folded) syllables."""
        changed = [change(syllable) for syllable in self._syllables]
        syllables = sorted(set(changed))
        place = {syllable: at for at, syllable in enumerate(syllables)}
        to = np.array([place[syllable] for syllable in changed], dtype=np.int64)
        keys, where = np.unique(to[self._one] * len(syllables) + to[self._other], return_inverse=True)
        weight = np.bincount(where, weights=self._weight, minlength=len(keys))
        return Bigrams(syllables, keys // max(len(syllables), 1), keys % max(len(syllables), 1), weight)

    def log(self, before: str, after: str) -> float:
        """Log chance that `after` follows `before`."""
        follows = self.seen.get(before)
        if follows is not None and (known := follows.get(after)) is not None:
            return known
        return self.unseen.get(before, 0.0) + self.alone.get(after, _NEVER)

    def has(self, before: str, after: str) -> bool:
        """Whether the pair was ever seen."""
        return after in self.seen.get(before, ())

    def save(self, path: Path) -> None:
        """Compressed, a few bytes a pair."""
        with path.open("wb") as file:
            np.savez_compressed(
                file, syllables=np.array("\n".join(self._syllables)), one=self._one, other=self._other, weight=self._weight
            )

    @classmethod
    def load(cls, path: Path) -> "Bigrams":
        """From the file `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            syllables = str(stored["syllables"]).split("\n")
            return cls([] if syllables == [""] else syllables, stored["one"], stored["other"], stored["weight"])


def _syllables(text: str) -> list[str]:
    return SYLLABLE.findall(canonical(text).lower())


def _count(sentences: Iterable[Sequence[str]]) -> Pairs:
    pairs: Pairs = Counter()
    for sentence in sentences:
        pairs.update(itertools.pairwise(sentence))
    return pairs
