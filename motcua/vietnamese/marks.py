"""Marks of repaired and of mistyped syllables, in a text whose author types marks."""

import unicodedata
from collections.abc import Sequence

from motcua.vietnamese.diacritics import Readings, Restorer
from motcua.vietnamese.folding import fold, has_diacritics
from motcua.vietnamese.options import Option
from motcua.vietnamese.syllables import is_syllable

_MARK_LOST, _MARK_ADDED = 3.0, 1.0


class MarkMender:
    """Chooses the marks by the accented neighbours."""

    def __init__(self, restorer: Restorer) -> None:
        self._restorer = restorer

    def mend(self, typed: Sequence[str], chosen: Sequence[Option]) -> list[str]:
        """The chosen spellings with marks where a syllable was repaired, or typed with marks that no word has."""
        places: list[Readings] = []
        open_places = []
        for word, option in zip(typed, chosen, strict=True):
            pieces = option.text.lower().split()
            readings = [self._readings(word.lower(), piece, option) for piece in pieces]
            open_places.append(any(len(each) > 1 for each in readings))
            places += readings
        if not any(open_places):
            return [option.text for option in chosen]
        likeliest = iter(self._restorer.likeliest(places))
        mended = []
        for option, is_open in zip(chosen, open_places, strict=True):
            spelled = " ".join(next(likeliest) for _ in option.text.split())
            mended.append(spelled if is_open else option.text)
        return mended

    def _readings(self, typed: str, piece: str, option: Option) -> Readings:
        bare = fold(piece)
        known = self._restorer.readings(bare)
        if piece == typed and (is_syllable(piece) or not known):
            return {piece: 0.0}
        if piece == typed or (piece == bare and len(option.reads) == 1):
            return {reading: _cost(typed, reading) for reading in known} or {piece: 0.0}
        return {piece: 0.0}


def _cost(typed: str, reading: str) -> float:
    if not has_diacritics(typed):
        return 0.0
    one, other = _marks(typed), _marks(reading)
    return _MARK_LOST * len(one - other) + _MARK_ADDED * len(other - one)


def _marks(syllable: str) -> set[str]:
    return {mark for mark in unicodedata.normalize("NFD", syllable) if mark == "đ" or unicodedata.combining(mark)}
