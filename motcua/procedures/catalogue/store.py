"""The catalogue as an artefact: one record a line, where each line begins, and how it was made."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from motcua.procedures.catalogue.record import Record

RECORDS, OFFSETS, MANIFEST, REPORT = "records.jsonl", "offsets.json", "manifest.json", "report.md"


class RecordNotFound(LookupError):
    """No record of the catalogue carries this code."""

    def __init__(self, code: str, known: int) -> None:
        super().__init__(f"No record for procedure {code!r} among {known} of the catalogue.")
        self.code = code


class Catalogue(Mapping[str, Record]):
    """Records by code, each read when it is asked for; a replaced code finds the record that took its place."""

    def __init__(
        self, lines: bytes = b"", offsets: Mapping[str, int] | None = None, today: Mapping[str, str] | None = None
    ) -> None:
        self._lines, self._offsets, self._today = lines, dict(offsets or {}), dict(today or {})
        self._read = lru_cache(maxsize=256)(self._parse)

    def __getitem__(self, code: str) -> Record:
        code = self._today.get(code, code)
        if code not in self._offsets:
            raise RecordNotFound(code, len(self))
        return self._read(code)

    def __contains__(self, code: object) -> bool:
        return code in self._offsets or code in self._today

    def __iter__(self) -> Iterator[str]:
        return (code for code in self._offsets if code not in self._today)

    def __len__(self) -> int:
        return len(self._offsets.keys() - self._today.keys())

    def replaced(self) -> Iterator[tuple[Record, str]]:
        """Each record that another took the place of, and the code of that one."""
        return ((self._read(old), today) for old, today in self._today.items() if old in self._offsets)

    def _parse(self, code: str) -> Record:
        start = self._offsets[code]
        return Record.model_validate_json(self._lines[start : self._lines.index(b"\n", start)])


def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue of a folder; an empty one where none was imported."""
    if not (folder / OFFSETS).exists():
        return Catalogue()
    found = json.loads((folder / OFFSETS).read_bytes())
    return Catalogue((folder / RECORDS).read_bytes(), found["offsets"], found["today"])


def write_catalogue(folder: Path, records: Iterable[Record], manifest: Mapping[str, Any], report: str) -> None:
    """Writes the artefact; readers of an older one keep what they have read."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = bytearray()
    offsets: dict[str, int] = {}
    today: dict[str, str] = {}
    for record in sorted(records, key=lambda record: record.code):
        offsets[record.code] = len(lines)
        today |= dict.fromkeys(record.replaces, record.code)
        lines += record.model_dump_json(exclude_defaults=True).encode() + b"\n"
    (folder / RECORDS).write_bytes(bytes(lines))
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8")
    (folder / REPORT).write_text(report, "utf-8")
    # Written last: it is what says that the artefact is there.
    (folder / OFFSETS).write_text(json.dumps({"offsets": offsets, "today": today}), "utf-8")
