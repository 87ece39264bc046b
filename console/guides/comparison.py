"""A guide beside its official record, section by section, as a citizen would read both."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.procedures.answers import Answers
from motcua.procedures.catalogue.record import Record
from motcua.procedures.guide import Guide
from motcua.procedures.proof import unproven

SECTIONS = ("papers", "fee", "time", "place", "steps", "conditions", "result", "legal_basis", "forms")


@dataclass(frozen=True)
class Compared:
    """A section in both."""

    section: str
    ours: str
    theirs: str


def compare(answers: Answers, guide: Guide, record: Record) -> list[Compared]:
    """Each section, without its heading."""
    return [Compared(section, _body(answers, section, guide), _body(answers, section, record)) for section in SECTIONS]


def unborne(guide: Guide, record: Record) -> Sequence[tuple[str, str]]:
    """(field, number) for each number that neither the record nor an override bears out."""
    return unproven(guide, record.model_dump_json())


def _body(answers: Answers, section: str, procedure: Guide | Record) -> str:
    return answers.render(section, procedure).partition("\n")[2].strip()
