"""From any wording of a place to the unit of today, or to the question that has to be asked. It never guesses."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from motcua.places.units import OldDistrict, OldName, Places, Unit
from motcua.places.wording import (
    COMMUNE_TYPES,
    DISTRICT_TYPES,
    PROVINCE_TYPES,
    Part,
    is_meant_by,
    parts_of,
    without_types,
    words_of,
)
from motcua.vietnamese.folding import fold

MAX_CHOICES = 5
_REMEMBERED = 64  # wordings: one turn asks for the same five times
# A slip is looked for only in names long enough to be recognised all the same: letters → slips allowed.
_SLIPS = ((10, 2), (6, 1))


@dataclass(frozen=True)
class Province:
    """One of the two old provinces. "Bắc Ninh" is also the city of today, so it narrows nothing."""

    name: str


Meaning = Unit | OldName | OldDistrict | Province
Why = Literal["same_name", "area", "not_sure"]


@dataclass(frozen=True)
class Choice:
    """A unit that may be meant, and by which old name; None where it is by today's."""

    unit: Unit
    old: OldName | None = None


@dataclass(frozen=True)
class Resolved:
    """The one unit that is meant."""

    unit: Unit
    old: OldName | None = None


@dataclass(frozen=True)
class Ambiguous:
    """Several units may be meant, or one is not sure. The choices are few; an area too large to list has none."""

    choices: tuple[Choice, ...]
    why: Why
    area: str | None = None  # the old district or province that is meant, or may be
    units: tuple[Unit, ...] = ()  # all that may be meant, where the choices are not all


@dataclass(frozen=True)
class Unknown:
    """No place of Bắc Ninh is recognised."""


Answer = Resolved | Ambiguous | Unknown


class Resolver:
    """Reads places by every name of places.yml."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._named: dict[tuple[str, ...], list[tuple[tuple[str, ...], Meaning]]] = defaultdict(list)
        for meaning in _meanings(places):
            words = words_of(meaning.name)
            self._named[tuple(map(fold, words))].append((words, meaning))
        self._names = frozenset(self._named)
        self._run_together = _run_together(places)
        self._within = {unit.code: {old.district for old in places.taken_in_by(unit)} for unit in places.units.values()}
        self._provinces = {unit.code: {old.province for old in places.taken_in_by(unit)} for unit in places.units.values()}
        self._read = lru_cache(_REMEMBERED)(self._resolve)

    def resolve(self, wording: str) -> Answer:
        """What a wording means: a unit, a question, or nothing known."""
        return self._read(wording)

    def _resolve(self, wording: str) -> Answer:
        words = words_of(wording)
        read = list(parts_of(words, self._names))
        for level in (0, 1):  # as it is typed, marks left out; marks that were typed wrong
            found = dict.fromkeys(meaning for parts in read for meaning in self._meant(parts, words, level))
            if found:
                return self._answer(list(found), is_sure=level == 0)
        return self._despite_slips(words, read)

    def _meant(self, parts: Sequence[Part], words: tuple[str, ...], level: int) -> list[Meaning]:
        """The meanings of the first part that lie in the others."""
        first, *around = parts
        areas = [[area for typed in self._spelt(part, level) for area in typed] for part in around]
        for spelt in self._spelt(first, level, is_marked=any(fold(word) != word for word in words)):
            found = [meaning for meaning in spelt if _may_be(meaning, first.kind)]
            for part, named in zip(around, areas, strict=True):
                found = [meaning for meaning in found if self._lies_in(meaning, part, named)]
            if found:
                return found
        return []

    def _spelt(self, part: Part, level: int, *, is_marked: bool = False) -> Iterator[list[Meaning]]:
        """The meanings of a name, the most literal first. Who types marks elsewhere has left none out here."""
        named = self._named[tuple(map(fold, part.words))]
        if level:
            yield [meaning for _, meaning in named]
            return
        if is_marked:
            yield [meaning for words, meaning in named if words == part.words]
        yield [meaning for words, meaning in named if is_meant_by(part.words, words)]

    def _lies_in(self, meaning: Meaning, part: Part, areas: Sequence[Meaning]) -> bool:
        return any(_may_be(area, part.kind) and self._is_within(meaning, area) for area in areas)

    def _is_within(self, meaning: Meaning, area: Meaning) -> bool:
        match meaning, area:
            case (Unit() | OldName() | OldDistrict(), Province(name="Bắc Ninh")):
                return True
            case (Unit(), Province()):
                return area.name in self._provinces[meaning.code]
            case (OldName() | OldDistrict(), Province()):
                return meaning.province == area.name
            case (Unit(), OldDistrict()):
                return area.full_name in self._within[meaning.code]
            case (OldName(), OldDistrict()):
                return meaning.district == area.full_name
            case (OldName(), Unit()):
                return meaning.unit == area.code
        return False

    def _answer(self, found: list[Meaning], *, is_sure: bool) -> Answer:
        choices = self._choices(found)
        areas = [meaning for meaning in found if isinstance(meaning, OldDistrict | Province)]
        if areas:
            return self._which_of(areas, choices)
        if len(choices) == 1 and is_sure:
            return Resolved(choices[0].unit, choices[0].old)
        return Ambiguous(tuple(choices), "same_name" if is_sure else "not_sure")

    def _choices(self, found: Sequence[Meaning]) -> list[Choice]:
        """One for each unit; by its name of today where it is meant by that."""
        choices = {meaning.code: Choice(meaning) for meaning in found if isinstance(meaning, Unit)}
        for meaning in found:
            if isinstance(meaning, OldName):
                choices.setdefault(meaning.unit, Choice(self._places.units[meaning.unit], meaning))
        return list(choices.values())

    def _which_of(self, areas: Sequence[OldDistrict | Province], choices: list[Choice]) -> Ambiguous:
        """The question in which unit of an old district, or where at all."""
        if provinces := [area for area in areas if isinstance(area, Province)]:
            return Ambiguous(tuple(choices), "area", provinces[0].name)
        district = next(area for area in areas if isinstance(area, OldDistrict))
        units = self._places.of_district(district)
        if len(units) <= MAX_CHOICES:
            choices = [*choices, *(Choice(unit) for unit in units if unit not in [choice.unit for choice in choices])]
        return Ambiguous(tuple(choices[:MAX_CHOICES]), "area", district.full_name, tuple(units))

    def _despite_slips(self, words: tuple[str, ...], read: Sequence[Sequence[Part]]) -> Answer:
        """The one name that differs by a slip, or that is named in another district: to be confirmed."""
        for parts in read:
            if choices := self._choices([meaning for spelt in self._spelt(parts[0], 1) for meaning in spelt]):
                return Ambiguous(tuple(choices[:MAX_CHOICES]), "not_sure")
        typed = fold("".join(without_types(words)))
        slips = next((slips for letters, slips in _SLIPS if len(typed) >= letters), None)
        if slips is None or len(typed) > 2 * max(map(len, self._run_together)):
            return Unknown()
        near = process.extract(typed, self._run_together.keys(), scorer=OSA.distance, score_cutoff=slips, limit=2)
        if not near or (len(near) > 1 and near[0][1] == near[1][1]):
            return Unknown()
        return Ambiguous(tuple(self._choices(self._run_together[near[0][0]])[:MAX_CHOICES]), "not_sure")


def _meanings(places: Places) -> Iterator[Meaning]:
    yield from places.units.values()
    yield from places.old_names
    yield from places.districts
    yield from map(Province, places.provinces)


def _may_be(meaning: Meaning, kind: str | None) -> bool:
    """Whether a type may stand before a name: any of its level, since types changed three times within two years."""
    if kind is None:
        return True
    if isinstance(meaning, Unit | OldName):
        return kind in COMMUNE_TYPES
    if isinstance(meaning, OldDistrict):
        return kind in DISTRICT_TYPES
    return kind in PROVINCE_TYPES and (kind == "tỉnh" or meaning.name == "Bắc Ninh")  # "thành phố Bắc Giang" was a district


def _run_together(places: Places) -> dict[str, list[Meaning]]:
    """Names, alone and with their district, folded and without spaces → what they mean."""
    found: dict[str, list[Meaning]] = defaultdict(list)
    for unit in places.units.values():
        found[fold("".join(words_of(unit.name)))].append(unit)
    districts = {district.full_name: district.name for district in places.districts}
    for old in places.old_names:
        for text in (old.name, f"{old.name} {districts.get(old.district, '')}"):
            found[fold("".join(words_of(text)))].append(old)
    return dict(found)
