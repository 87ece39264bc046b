"""The report of an import, for the person who ran it: what is missing in which record, and why."""

from collections.abc import Callable, Iterable

from motcua.procedures.catalogue.importing import Imported
from motcua.procedures.catalogue.record import Record
from motcua.procedures.catalogue.telling import doubtful_fee, is_free, time

Claim = Callable[[Record], bool]


def _glued_form(record: Record) -> bool:
    return any(
        paper.name.lower().rstrip(" .;").endswith((".doc", ".docx", ".xls", ".xlsx", ".pdf")) for paper in record.papers()
    )


# (heading, what it means, which records it holds for), in the order of their weight for a citizen.
FINDINGS: tuple[tuple[str, str, Claim], ...] = (
    (
        "No way of handing in",
        "No row of the source's table could be recognised; its text is kept in `leftover`.",
        lambda record: not record.methods,
    ),
    (
        "No papers",
        "The source names none: its field is empty, only dashes, or the end of the steps (which is put back there).",
        lambda record: not any(record.papers()),
    ),
    (
        "Table of papers cut off",
        "The last row of the source has no number of copies: the page was cut there.",
        lambda record: any(paper.originals is None and paper.copies_told is None for paper in record.papers()),
    ),
    (
        "Time without its unit",
        "The source gives a bare number; it is answered with “chưa xác nhận”.",
        lambda record: any(way.time and time(way) is None for way in record.methods),
    ),
    (
        "Fee that cannot be right",
        "An amount below 1,000 đồng; it is answered with “chưa xác nhận”.",
        lambda record: any(doubtful_fee(way) for way in record.methods),
    ),
    (
        "“Miễn phí” beside a note",
        "The note is always told with the label.",
        lambda record: any(is_free(way) and way.fee_note for way in record.methods),
    ),
    ("Form file not split off", "No seam between a paper's name and its form could be seen.", _glued_form),
    ("No office", "The source does not say which office does it.", lambda record: not record.agency),
    ("No legal basis", "The source names none.", lambda record: not record.legal_basis),
    ("No steps", "The source names none.", lambda record: not record.steps),
    ("No result", "The source names none.", lambda record: not record.result),
)


def write_report(found: Imported) -> str:
    """The report, in Markdown."""
    records = list(found.records.values())
    lines = ["# Catalogue: report of the import", ""]
    lines += [f"- {source['file']}: {source['entries']} entries, as of {source['as_of']}" for source in found.sources]
    lines += [f"- {len(records)} records, {len(found.faults)} entries not imported", ""]
    lines += _list("Entries not imported", "What every record needs is missing.", found.faults)
    lines += _list("In several files", "The later file's record is kept.", sorted(set(found.replaced)))
    for heading, meaning, holds in FINDINGS:
        lines += _list(heading, meaning, (f"{record.code} {record.name[:80]}" for record in records if holds(record)))
    return "\n".join(lines) + "\n"


def _list(heading: str, meaning: str, items: Iterable[str]) -> list[str]:
    items = list(items)
    if not items:
        return []
    return [f"## {heading} ({len(items)})", "", meaning, "", *(f"- {item}" for item in items), ""]
