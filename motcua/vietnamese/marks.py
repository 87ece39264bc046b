"""Marks of repaired and of mistyped syllables, in a text whose author types marks."""

import unicodedata
from collections.abc import Callable, Sequence

from motcua.vietnamese.bigrams import START
from motcua.vietnamese.diacritics import Completeness, Readings, Restorer
from motcua.vietnamese.folding import fold, has_diacritics
from motcua.vietnamese.options import Option
from motcua.vietnamese.syllables import folded_syllables, is_syllable

_MARK_LOST, _MARK_ADDED, _OTHER_MARKS = 3.0, 1.0, 7.0
_WEAK, _STRONG = -8.0, -4.0  # log chances of pairs that do not speak, and that do, for a reading


class MarkMender:
    """Chooses the marks by the accented neighbours."""

    def __init__(self, restorer: Restorer) -> None:
        self._restorer, self._bigrams = restorer, restorer.bigrams

    def mend(self, typed: Sequence[str], chosen: Sequence[Option]) -> list[str]:
        """The chosen spellings, with other marks where a syllable was repaired or its marks fit no neighbour."""
        words = [word.lower() for word in typed]
        completeness = self._restorer.completeness(words)
        if completeness is Completeness.BARE:
            return [option.text for option in chosen]
        pieces = [option.text.lower().split() for option in chosen]
        flat = [(word, piece) for word, parts in zip(words, pieces, strict=True) for piece in parts]
        around = [START, *(piece for _, piece in flat), ""]
        places = [
            self._readings(word, piece, around[at], around[at + 2], completeness) for at, (word, piece) in enumerate(flat)
        ]
        if all(len(readings) == 1 for readings in places):
            return [option.text for option in chosen]
        likeliest = iter(self._restorer.likeliest(places))
        mended = [" ".join(next(likeliest) for _ in parts) for parts in pieces]
        return [new if new != option.text.lower() else option.text for new, option in zip(mended, chosen, strict=True)]

    def _readings(self, typed: str, piece: str, before: str, after: str, completeness: Completeness) -> Readings:
        """What a piece may be: itself where it is fine; `typed` is the word it was made of."""
        bare = fold(piece)
        known = self._restorer.readings(bare)
        if len(bare) < 2 or bare not in folded_syllables() or not known:
            return {piece: 0.0}
        if piece != typed:
            is_repaired = piece == bare and len(bare) + 2 > len(typed)  # else cut out of a run of syllables, or decoded
            return {reading: _cost(typed, reading) for reading in known} if is_repaired else {piece: 0.0}
        if completeness is Completeness.HALF and piece == bare:
            return {piece: 0.0}  # a Restorer's matter
        if not is_syllable(piece):
            return {reading: _cost(typed, reading) for reading in known}
        log, has = self._bigrams.log, self._bigrams.has
        if max(_strength(before, piece, has, log), _strength(piece, after, has, log)) > _WEAK:
            return {piece: 0.0}
        fitting = [
            reading
            for reading in known
            if max(_strength(before, reading, has, log), _strength(reading, after, has, log)) > _STRONG
        ]
        return {reading: _OTHER_MARKS + _cost(typed, reading) for reading in fitting} | {piece: 0.0}


def _strength(one: str, other: str, has: Callable[[str, str], bool], log: Callable[[str, str], float]) -> float:
    return log(one, other) if one != START and has(one, other) else -99.0


def _cost(typed: str, reading: str) -> float:
    if not has_diacritics(typed):
        return 0.0
    one, other = _marks(typed), _marks(reading)
    return _MARK_LOST * len(one - other) + _MARK_ADDED * len(other - one)


def _marks(syllable: str) -> set[str]:
    return {mark for mark in unicodedata.normalize("NFD", syllable) if mark == "đ" or unicodedata.combining(mark)}
