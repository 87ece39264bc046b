"""Diacritics put back: the likeliest accented reading of a text, by Viterbi over pairs of syllables.

Evidence for ranking only. What a citizen typed is never shown to them in another spelling.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache

from motcua.vietnamese.bigrams import START, SYLLABLE, Bigrams
from motcua.vietnamese.chat import spell_out
from motcua.vietnamese.folding import fold, has_diacritics


class Completeness(Enum):
    """How a text was typed: without marks, with some of them, with all."""

    BARE, HALF, FULL = range(3)


# What it costs (in log chance) to put marks on a bare syllable of a text that has marks elsewhere: little where some syllable
# shows that marks were left out ("làm giay": "giay" is no word), much in a text that looks complete. More for a syllable that
# has marks already.
_COSTS = {Completeness.BARE: 0.0, Completeness.HALF: 1.0, Completeness.FULL: 6.0}
_ADD_MORE_MARKS = 8.0
_HARDLY_A_WORD = 0.03  # a syllable's share among those that differ only by marks

Readings = Mapping[str, float]  # accented syllable → what it costs


class Restorer:
    """Knows which accented syllables a folded one may stand for, and which follow one another."""

    def __init__(self, bigrams: Bigrams) -> None:
        self.bigrams = bigrams
        self._readings: dict[str, list[str]] = defaultdict(list)
        for syllable in bigrams.weights:
            if syllable != START:
                self._readings[fold(syllable)].append(syllable)
        self._no_word_bare = {bare for bare in self._readings if self._is_hardly_a_word(bare)}

    def _is_hardly_a_word(self, bare: str) -> bool:
        weights = self.bigrams.weights
        return weights.get(bare, 0.0) < _HARDLY_A_WORD * sum(weights[reading] for reading in self._readings[bare])

    def restore(self, text: str) -> str:
        """Lower-case text with the likeliest diacritics; marks that were typed, and syllables never seen, stay as they are."""
        text = unicodedata.normalize("NFC", text).lower()
        cost = _COSTS[self.completeness(SYLLABLE.findall(text))]  # of what was typed: short forms are written out with marks
        text = unicodedata.normalize("NFC", spell_out(text).lower())
        typed = SYLLABLE.findall(text)
        restored = iter(self.likeliest([self._choices(syllable, cost) for syllable in typed]))
        return SYLLABLE.sub(lambda _: next(restored), text)

    def readings(self, bare: str) -> Sequence[str]:
        """All known syllables of that folded form."""
        return self._readings.get(bare, ())

    def completeness(self, typed: Sequence[str]) -> Completeness:
        """How many of their marks lower-case syllables of one text have."""
        if not any(map(has_diacritics, typed)):
            return Completeness.BARE
        return Completeness.HALF if not self._no_word_bare.isdisjoint(typed) else Completeness.FULL

    def _choices(self, typed: str, cost: float) -> Readings:
        """What a syllable may stand for: its own marks and maybe more."""
        bare = fold(typed)
        known = self.readings(bare)
        if not cost and known and typed == bare:
            return dict.fromkeys(known, 0.0)
        cost = cost if typed == bare else _ADD_MORE_MARKS
        fuller = {reading: cost for reading in known if reading != typed and _keeps_marks(typed, reading)}
        return fuller | {typed: 0.0}

    def likeliest(self, readings: Sequence[Readings]) -> tuple[str, ...]:
        """One reading for each place, together the likeliest."""
        seen, unseen, alone = self.bigrams.seen, self.bigrams.unseen, self.bigrams.alone
        paths: dict[str, tuple[float, tuple[str, ...]]] = {START: (0.0, ())}
        for choices in readings:
            longer: dict[str, tuple[float, tuple[str, ...]]] = {}
            for reading, cost in choices.items():
                single = alone.get(reading, -16.0)
                best, best_path = -1e9, tuple[str, ...]()
                for before, (score, path) in paths.items():
                    follows = seen.get(before)
                    log = follows.get(reading) if follows else None
                    score += unseen.get(before, 0.0) + single if log is None else log
                    if score > best:
                        best, best_path = score, path
                longer[reading] = (best - cost, (*best_path, reading))
            paths = longer
        return max(paths.values())[1]


@lru_cache(maxsize=65536)
def _keeps_marks(typed: str, reading: str) -> bool:
    """Whether the reading only adds marks: "giáy" → "giấy", "dang" → "đăng", but not "đang" → "dâng"."""
    return all(_marks(one) <= _marks(other) for one, other in zip(typed, reading, strict=True))


def _marks(letter: str) -> set[str]:
    return {"đ"} if letter == "đ" else set(unicodedata.normalize("NFD", letter)[1:])
