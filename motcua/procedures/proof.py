"""Proof of a guide: every number it tells stands in the official record it cites, or is overridden with a reason.

`python -m motcua.procedures.proof GUIDES RECORDS` prints the numbers that no record bears out.
"""

import gzip
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from motcua.procedures.guide import Guide
from motcua.procedures.linter import guide_texts
from motcua.procedures.loader import load_guides

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_UNCHECKED = ("checked_on", "related", "replaces", "source")


def numbers(text: str) -> set[str]:
    """The numbers of a text, written one way: "135.000" → "135000", "01" → "1", "2,5" → "2.5"."""
    return {_plain(found) for found in _NUMBER.findall(text)}


def _plain(number: str) -> str:
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", number):
        return str(int(re.sub(r"[.,]", "", number)))
    whole, _, rest = number.replace(",", ".").partition(".")
    return f"{int(whole)}.{rest}" if rest else str(int(whole))


def unproven(guide: Guide, record: str) -> list[tuple[str, str]]:
    """(field, number) for each number of the guide that neither its record nor an override knows."""
    known = _record_numbers(record)
    known |= {_plain(number) for override in guide.overrides for number in override.numbers}
    told = ((field, number) for field, text in _claims(guide) for number in numbers(text))
    return sorted({(field, number) for field, number in told if number not in known})


def _record_numbers(record: str) -> set[str]:
    # Flattened tables glue a number to the next ("1Miễn phí", "…QĐ-BTP85/2019"), so digit runs are read as well,
    # and a dotted run is read in parts.
    parts = set(re.findall(r"\d+", record))
    return numbers(record) | {str(int(part)) for part in parts}


def _claims(guide: Guide) -> Iterator[tuple[str, str]]:
    for field, text in guide_texts(guide):
        if not field.startswith(_UNCHECKED):
            yield field, text
    for law in guide.legal_basis:
        yield "legal_basis", f"{law.number} {law.name}"


def load_records(folder: Path) -> Mapping[str, str]:
    """Procedure code → the whole text of its official records (NFC), from the national file and the supplement."""
    records: dict[str, str] = {}
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                _add(records, json.loads(line)["ma_thu_tuc"], line)
    for path in sorted(folder.glob("supplement*.json")):
        for record in json.loads(path.read_text("utf-8")):
            _add(records, record["code"], json.dumps(record, ensure_ascii=False))
    return records


def _add(records: dict[str, str], code: str, text: str) -> None:
    records[code] = records.get(code, "") + "\n" + unicodedata.normalize("NFC", text)


def prove(guides: Path, records: Path) -> list[str]:
    """One line for each guide without a record and for each number that no record bears out."""
    official = load_records(records)
    faults = []
    for guide in load_guides(guides).values():
        sources = [official[code] for code in (guide.code, *guide.replaces) if code in official]
        if not sources:
            faults.append(f"{guide.code}: no official record")
        else:
            faults += [
                f"{guide.code}: {field}: {number} is in no record" for field, number in unproven(guide, "\n".join(sources))
            ]
    return faults


if __name__ == "__main__":
    found = prove(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write("\n".join(found or ["Every number is borne out."]) + "\n")
    sys.exit(bool(found))
