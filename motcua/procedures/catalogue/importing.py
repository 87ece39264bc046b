"""Source files → records, with what could not be read and why. One bad record never stops the others."""

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from motcua.procedures.catalogue.portal import RecordFault, read_portal
from motcua.procedures.catalogue.record import Record
from motcua.procedures.catalogue.supplement import read_supplement

_DATE_IN_NAME = re.compile(r"20\d\d-[01]\d(?:-[0-3]\d)?")


class SourceFault(ValueError):
    """A source file that cannot be imported at all: says the file and what is expected."""


@dataclass
class Imported:
    """Records of several files, a later file's before an earlier one's, and what could not be read."""

    records: dict[str, Record] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    sources: list[Mapping[str, Any]] = field(default_factory=list)


def import_files(paths: list[Path], *, as_of: str | None = None) -> Imported:
    """All records of the files. Raises SourceFault for a file that has no date or is in neither format."""
    found = Imported()
    for path in paths:
        content = path.read_bytes()
        date = as_of if as_of and _is_portal_export(path) else date_of(path, as_of)
        count = 0
        for number, facts in enumerate(entries(path, content), start=1):
            count += 1
            _add(found, facts, f"{path.name}, entry {number}", date)
        digest = hashlib.sha256(content).hexdigest()
        found.sources.append({"file": path.name, "sha256": digest, "as_of": date, "entries": count})
    return found


def read_record(facts: object, as_of: str) -> Record:
    """The record of one entry, in whichever of the two formats. Raises RecordFault."""
    if not isinstance(facts, dict):
        raise RecordFault("?", "entry", facts, "a JSON object")
    if "ma_thu_tuc" in facts:
        return read_portal(facts, as_of)
    return read_supplement(facts, as_of)


def date_of(path: Path, as_of: str | None = None) -> str:
    """The date in the file's name, or the one given. Raises SourceFault where there is neither."""
    named = _DATE_IN_NAME.search(path.name)
    if not named and not as_of:
        raise SourceFault(f"{path.name}: expected a date in the file's name (2026-07 or 2026-07-20), or AS_OF=2026-07-20")
    return named[0] if named else as_of or ""


def manifest(found: Imported) -> Mapping[str, Any]:
    """What the artefact was made from, and when."""
    return {
        "sources": found.sources,
        "records": len(found.records),
        "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _is_portal_export(path: Path) -> bool:
    return path.name.endswith((".jsonl", ".jsonl.gz"))


def _add(found: Imported, facts: object, where: str, date: str) -> None:
    if isinstance(facts, RecordFault):
        found.faults.append(f"{where}: {facts}")
        return
    try:
        record = read_record(facts, date)
    except RecordFault as fault:
        found.faults.append(f"{where}: {fault}")
        return
    if record.code in found.records:
        found.replaced.append(record.code)
    found.records[record.code] = record


def entries(path: Path, content: bytes) -> Iterator[object]:
    """The entries of a file; a line that is no JSON becomes its fault. Raises SourceFault."""
    if path.suffix == ".gz":
        content = _unpacked(path, content)
    if not _is_portal_export(path):
        try:
            entries = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise SourceFault(f"{path.name}: expected JSON lines (.jsonl, .jsonl.gz) or one JSON list (.json)") from error
        yield from entries if isinstance(entries, list) else [entries]
        return
    for line in content.splitlines():
        if line.strip():
            yield _parsed(line)


def _unpacked(path: Path, content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceFault(f"{path.name}: expected a whole gzip file: {error}") from error


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return RecordFault("?", "line", f"{len(line)} bytes", f"a JSON object ({error})")
