"""Guides that need another look: checked long ago, resting on a law that ended, or behind the official record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict

from motcua.procedures.catalogue.record import Record
from motcua.procedures.guide import Guide, Text

Cause = Literal["old", "law", "unnamed", "record"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
GOOD_FOR = timedelta(days=365)


class EndedLaw(BaseModel):
    """A text that is no longer in force since a day, and what took its place."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    number: Text
    since: date
    replaced_by: Text | None = None
    source: Text


@dataclass(frozen=True)
class Ageing:
    """Why a guide needs another look; `told` is a day, a law, or a decision."""

    guide: Guide
    cause: Cause
    told: str


def load_ended_laws(path: Path) -> dict[str, EndedLaw]:
    """The texts known to have ended, by number. Raises ValidationError."""
    content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    laws = [EndedLaw.model_validate(law) for law in content["laws"]]
    return {law.number: law for law in laws}


def ageing(
    guides: Sequence[Guide], catalogue: Mapping[str, Record], laws: Mapping[str, EndedLaw], *, today: date
) -> list[Ageing]:
    """Every cause of each guide, in their order."""
    return [found for guide in guides for found in _causes(guide, catalogue, laws, today)]


def _causes(guide: Guide, catalogue: Mapping[str, Record], laws: Mapping[str, EndedLaw], today: date) -> Iterator[Ageing]:
    if today - guide.checked_on > GOOD_FOR:
        yield Ageing(guide, "old", guide.checked_on.strftime("%d/%m/%Y"))
    for law in guide.legal_basis:
        ended = laws.get(law.number)
        if ended and ended.since <= today:
            yield Ageing(guide, "law", f"{law.number}{f' → {ended.replaced_by}' if ended.replaced_by else ''}")
    record = catalogue[guide.code] if guide.code in catalogue else None  # noqa: SIM401  a catalogue's get raises
    if record and record.legal_basis:
        named = record.model_dump_json(include={"legal_basis"})
        yield from (Ageing(guide, "unnamed", law.number) for law in guide.legal_basis if law.number not in named)
    if record and record.decision and record.decision != guide.decision:
        yield Ageing(guide, "record", f"{guide.decision} → {record.decision}")
