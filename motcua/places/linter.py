"""`python -m motcua.places.linter KNOWLEDGE_BASE`: one line a fault of places, offices, the mobile one-stop and duty."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from motcua.places.duty import DUTY, load_duty
from motcua.places.offices import CALENDAR, OFFICES, PlaceFault, load_calendar, load_offices
from motcua.places.units import Places, load_places


def lint(knowledge_base: Path) -> list[str]:
    """The faults of all four files; empty when all is well."""
    places = load_places(knowledge_base / "places.yml")
    found = list(_faults_of_names(places))
    for faults in (_faults_of_offices, _faults_of_calendar, _faults_of_duty):
        try:
            found += faults(knowledge_base, places)
        except PlaceFault as fault:
            found.append(str(fault))
    return found


def _faults_of_names(places: Places) -> Iterator[str]:
    districts = {(district.full_name, district.province) for district in places.districts}
    for old in places.old_names:
        if old.unit not in places.units:
            yield f"places.yml: old_names: {old.full_name}: no unit {old.unit}"
        if (old.district, old.province) not in districts:
            yield f"places.yml: old_names: {old.full_name}: no old district {old.district}, {old.province}"


def _faults_of_offices(knowledge_base: Path, places: Places) -> Iterator[str]:
    centres = load_offices(knowledge_base / OFFICES).centres
    for unit, count in Counter(centre.unit for centre in centres).items():
        if unit is not None and unit not in places.units:
            yield f"{OFFICES}: centres: no unit {unit}"
        if count > 1:
            yield f"{OFFICES}: centres: {unit or 'the city'} {count} times"


def _faults_of_calendar(knowledge_base: Path, places: Places) -> Iterator[str]:
    visits = load_calendar(knowledge_base / CALENDAR).visits
    for visit in visits:
        if visit.unit not in places.units:
            yield f"{CALENDAR}: {visit.day}: no unit {visit.unit}"
        if visit.begins >= visit.ends:
            yield f"{CALENDAR}: {visit.day} {visit.place}: ends before it begins"
    for (unit, place, day), count in Counter((visit.unit, visit.place, visit.day) for visit in visits).items():
        if count > 1:
            yield f"{CALENDAR}: {day} {place} ({unit}) {count} times"


def _faults_of_duty(knowledge_base: Path, places: Places) -> Iterator[str]:
    units = {shift.unit for shift in load_duty(knowledge_base / DUTY).shifts} - {None, *places.units}
    yield from (f"{DUTY}: shifts: no unit {unit}" for unit in units)


if __name__ == "__main__":
    faults = lint(Path(sys.argv[1]))
    sys.stdout.write("\n".join(faults or ["No fault."]) + "\n")
    sys.exit(bool(faults))
