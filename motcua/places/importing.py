"""`python -m motcua.places.importing FILE.csv`: what a client tells of its centres or its mobile one-stop, into knowledge_base.

A file with a column `day` is a calendar (unit,place,day,begins,ends,work,source,as_of), any other lists centres
(unit,address,phone,hours,source,as_of). `unit` is a code or a name; an empty cell changes nothing. Every line is taken whole
or not at all, and reported; comments in the YAML stay.
"""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from motcua.places.offices import CALENDAR, OFFICES, Centre, Visit
from motcua.places.resolver import Resolved, Resolver
from motcua.places.units import Places, load_places
from motcua.settings import load_settings
from motcua.vietnamese.canonical import canonical

Row = Mapping[str, str]
Entry = dict[str, Any]


class ColumnsUnknown(ValueError):
    """A table that is neither a list of centres nor a calendar."""

    def __init__(self, found: list[str], expected: list[str]) -> None:
        super().__init__(f"Columns {found}, expected {expected}")


@dataclass(frozen=True)
class Target:
    """What a table is written into: the file, its list, the model of an entry, and what makes two entries the same."""

    file: str
    list_name: str
    model: type[BaseModel]
    columns: tuple[str, ...]
    same_by: tuple[str, ...]


CENTRES = Target(OFFICES, "centres", Centre, ("unit", "address", "phone", "hours", "source", "as_of"), ("unit",))
VISITS = Target(
    CALENDAR, "visits", Visit, ("unit", "place", "day", "begins", "ends", "work", "source", "as_of"), ("unit", "place", "day")
)


def import_table(table: Path, knowledge_base: Path) -> list[str]:
    """Writes what can be taken of a CSV; returns a line for each of its lines. Raises ColumnsUnknown."""
    with table.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    target = VISITS if "day" in columns else CENTRES
    if set(columns) != set(target.columns):
        raise ColumnsUnknown(columns, list(target.columns))
    path, yaml = knowledge_base / target.file, _yaml()
    content = yaml.load(path.read_text("utf-8"))
    places = load_places(knowledge_base / "places.yml")
    content[target.list_name] = content.get(target.list_name) or []
    report = list(_take(rows, target, content[target.list_name], places))
    with path.open("w", encoding="utf-8") as written:
        yaml.dump(content, written)
    return report


def _take(rows: Sequence[Row], target: Target, entries: list[Entry], places: Places) -> Iterator[str]:
    resolver = Resolver(places)
    for number, row in enumerate(rows, start=2):
        said = {name: canonical(text) for name, text in row.items() if name and isinstance(text, str) and text.strip()}
        code = _code(said.get("unit", ""), places, resolver)
        if code is None:
            yield f"line {number}: unit: not one of the 99 units, or not one alone"
            continue
        told = _entry({**said, "unit": code})
        known = next((entry for entry in entries if _is_same(entry, told, target)), None)
        try:
            target.model.model_validate({**(known or {}), **told})
        except ValidationError as error:
            fault = error.errors()[0]
            yield f"line {number}: {'.'.join(map(str, fault['loc'])) or 'entry'}: {fault['msg']}"
            continue
        if known is None:
            entries.append(told)
        else:
            known.update(told)
        yield f"line {number}: {'changed' if known is not None else 'added'} {places.units[code].full_name}"


def _code(said: str, places: Places, resolver: Resolver) -> str | None:
    """The code of a unit that is written as a code or as a name that is clear."""
    if said in places.units:
        return said
    answer = resolver.resolve(said)
    return answer.unit.code if isinstance(answer, Resolved) else None


def _entry(said: Row) -> Entry:
    """A line as the YAML holds it: the source with its date is one thing."""
    told = {name: DoubleQuotedScalarString(text) for name, text in said.items()}  # 11:00 is a number to a reader of YAML 1.1
    source = {"url": told.pop("source", ""), "as_of": told.pop("as_of", "")}
    return {**told, "source": source}


def _is_same(entry: Entry, told: Entry, target: Target) -> bool:
    return all(str(entry.get(name)) == str(told.get(name)) for name in target.same_by)


def _yaml() -> Any:
    yaml: Any = YAML()  # its attributes are typed by their defaults
    yaml.preserve_quotes = True
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


if __name__ == "__main__":
    sys.stdout.write("\n".join(import_table(Path(sys.argv[1]), load_settings().knowledge_base)) + "\n")
