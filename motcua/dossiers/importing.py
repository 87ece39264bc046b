"""`python -m motcua.dossiers.importing FILE.csv|FILE.xlsx`: a registry's own list of dossiers, into MOTCUA_REGISTRY_URL.

For an office whose system has no interface yet. Columns are known by their Vietnamese headings (see COLUMNS); others are left
aside. Every line is taken whole or not at all. Of identity numbers and telephones only the last four digits are kept.
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from motcua.dossiers.codes import find_dossier_codes
from motcua.dossiers.registry import Dossier, Stage
from motcua.dossiers.second_factor import last_digits
from motcua.dossiers.sql_registry import SqlRegistry
from motcua.settings import SettingFault, load_settings
from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.folding import fold

Row = Mapping[str, Any]
# field → headings that name it, folded; the first that the table has counts
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("ma ho so", "so ho so", "so bien nhan"),
    "procedure": ("ma thu tuc", "ma tthc"),
    "stage": ("trang thai", "tinh trang"),
    "received_on": ("ngay tiep nhan", "ngay nhan"),
    "due_on": ("ngay hen tra", "ngay hen tra ket qua", "han xu ly"),
    "office": ("noi tiep nhan", "don vi tiep nhan"),
    "missing": ("giay to con thieu", "giay to thieu", "can bo sung"),
    "supplement_by": ("han bo sung",),
    "identity_ends": ("so dinh danh", "so can cuoc", "cccd", "so cccd"),
    "phone_ends": ("so dien thoai", "dien thoai"),
}
REQUIRED = ("code", "procedure", "stage", "received_on", "due_on")
# words of a state, folded → the stage; the first that is found counts
STAGES: tuple[tuple[str, Stage], ...] = (
    ("chua co ket qua", "in_review"),
    ("bo sung", "supplement_needed"),
    ("tu choi", "refused"),
    ("khong giai quyet", "refused"),
    ("khong du dieu kien", "refused"),
    ("da tra", "returned"),
    ("cho tra", "ready"),
    ("co ket qua", "ready"),
    ("hoan thanh", "ready"),
    ("dang xu ly", "in_review"),
    ("dang giai quyet", "in_review"),
    ("dang tham dinh", "in_review"),
    ("tiep nhan", "received"),
)
_DAY_FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
_PROCEDURE = re.compile(r"[1-9]\.\d{6}")


class ColumnsMissing(ValueError):
    """A table that lacks what a dossier cannot be told without."""

    def __init__(self, missing: list[str]) -> None:
        named = "; ".join(f"{name}: one of {', '.join(COLUMNS[name])}" for name in missing)
        super().__init__(f"The table has no column for {named}")


class CellUnreadable(ValueError):
    """A cell that cannot be read. Names the field, never what stands in it: that may be anybody's number."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"{name}: expected {expected}")


@dataclass(frozen=True)
class Report:
    """What became of a table: how many dossiers were taken, and a line for each that was not."""

    taken: int
    faults: tuple[str, ...]


def import_table(table: Path, registry: SqlRegistry) -> Report:
    """Stores what can be taken of a CSV or XLSX file. Raises ColumnsMissing."""
    rows = list(_rows(table))
    headings = _headings(rows[0] if rows else {})
    dossiers, faults = [], []
    for number, row in enumerate(rows, start=2):
        try:
            dossiers.append(_dossier({name: row.get(heading) for name, heading in headings.items()}))
        except CellUnreadable as fault:
            faults.append(f"line {number}: {fault}")
    registry.add(*dossiers)
    return Report(len(dossiers), tuple(faults))


def _rows(table: Path) -> Iterator[Row]:
    if table.suffix.lower() == ".xlsx":
        book = openpyxl.load_workbook(table, read_only=True, data_only=True)
        lines: Iterable[tuple[Any, ...]] = book.worksheets[0].iter_rows(values_only=True)
        heading, *others = [line for line in lines if any(cell is not None for cell in line)] or [()]
        yield from (dict(zip(map(str, heading), line, strict=False)) for line in others)
        book.close()
        return
    with table.open(encoding="utf-8-sig", newline="") as lines_of_text:
        first = lines_of_text.readline()
        lines_of_text.seek(0)
        yield from csv.DictReader(lines_of_text, delimiter=max(",;\t", key=first.count))


def _headings(row: Row) -> dict[str, str]:
    """Field → the heading that names it in this table."""
    known = {" ".join(fold(canonical(heading)).split()): heading for heading in row if heading}
    found = {name: known[named] for name, names in COLUMNS.items() for named in names[::-1] if named in known}
    if missing := [name for name in REQUIRED if name not in found]:
        raise ColumnsMissing(missing)
    return found


def _dossier(cells: Row) -> Dossier:
    text = {name: canonical(str(value)) for name, value in cells.items() if value not in (None, "")}
    codes = find_dossier_codes(text.get("code", ""))
    if len(codes) != 1:
        raise CellUnreadable("code", "a dossier code such as 000.00.12.H05-261101-0001")
    if not _PROCEDURE.fullmatch(text.get("procedure", "")):
        raise CellUnreadable("procedure", "a code such as 1.001193")
    return Dossier(
        codes[0],
        text["procedure"],
        _stage(text.get("stage", "")),
        _day("received_on", cells.get("received_on")),
        _day("due_on", cells.get("due_on")),
        office=text.get("office", ""),
        missing=tuple(paper.strip() for paper in re.split(r"[;\n]", text.get("missing", "")) if paper.strip()),
        supplement_by=_day("supplement_by", cells["supplement_by"]) if cells.get("supplement_by") else None,
        identity_ends=_ends("identity_ends", text.get("identity_ends", "")),
        phone_ends=_ends("phone_ends", text.get("phone_ends", "")),
    )


def _stage(text: str) -> Stage:
    said = fold(text)
    for words, stage in STAGES:
        if words in said:
            return stage
    raise CellUnreadable("stage", f"words that hold one of: {', '.join(words for words, _ in STAGES)}")


def _day(name: str, value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    first = str(value or "").strip().split(" ")[0]  # a time may follow
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(first, form).date()
        except ValueError:
            continue
    raise CellUnreadable(name, "a day such as 01/11/2026")


def _ends(name: str, text: str) -> str:
    """The last four digits; spreadsheets drop a leading zero, never these."""
    ends = last_digits(text.removesuffix(".0"))
    if text and not ends:
        raise CellUnreadable(name, "a number of four digits or more")
    return ends


def main() -> None:
    """The command; a list for real goes into a registry of its own, since the demo's is made anew at each start."""
    settings = load_settings()
    if settings.registry_url == settings.demo_registry_url or settings.registry_url.startswith("http"):
        raise SettingFault(
            "MOTCUA_REGISTRY_URL", settings.registry_url, "a database of your own, such as sqlite:////srv/dossiers.db"
        )
    report = import_table(Path(sys.argv[1]), SqlRegistry(settings.registry_url))
    sys.stdout.write("\n".join([*report.faults, f"{report.taken} dossiers taken, {len(report.faults)} lines not"]) + "\n")


if __name__ == "__main__":
    main()
