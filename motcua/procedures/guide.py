"""The guide: what a citizen is told about one procedure, every fact with its source."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from motcua.vietnamese.canonical import canonical

UNCONFIRMED = "chưa xác nhận"

Office = Literal[
    "commune_centre",
    "any_centre",
    "province_centre",
    "commune_police",
    "province_police",
    "land_registry",
    "tax",
    "social_insurance",
    "employment_centre",
    "school",
    "military",
    "ministry",
    "other",
]

# What a citizen can ask about a procedure; each is a template of knowledge_base/answers and an intent ask_<section>.
Section = Literal[
    "overview", "papers", "fee", "time", "place", "steps", "online", "conditions", "result", "legal_basis", "forms",
]  # fmt: skip
SECTIONS: tuple[Section, ...] = get_args(Section)


def intent_of(section: Section) -> str:
    """The intent of a question that asks for nothing but this section."""
    return "ask_procedure" if section == "overview" else f"ask_{section}"


def _is_canonical(text: str) -> str:
    if text != canonical(text):
        raise ValueError(f"expected NFC, single spaces and one tone-mark style: {canonical(text)!r}")
    return text


Text = Annotated[str, Field(min_length=2), AfterValidator(_is_canonical)]
Code = Annotated[str, Field(pattern=r"^\d\.\d{6}$")]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Paper(_Facts):
    """One document a dossier must hold (thành phần hồ sơ)."""

    name: Text
    copies: Text | None = None
    form: Text | None = None
    issued_by: Text | None = None
    not_needed_if: Text | None = None


class Case(_Facts):
    """A plain condition under which the dossier needs papers of its own."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    when: Annotated[Text, Field(max_length=90)]
    papers: tuple[Paper, ...] = ()
    note: Text | None = None


class Way(_Facts):
    """One way of handing in (cách thức thực hiện) with its own time, fee and steps."""

    way: Literal["online", "in_person", "post"]
    time: Text
    fee_label: Text | None = None
    fee_note: Text | None = None
    steps: tuple[Text, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fee_is_said(self) -> "Way":
        if not (self.fee_label or self.fee_note):
            raise ValueError(f"expected fee_label or fee_note; write {UNCONFIRMED!r} in fee_note if it is not known")
        return self


class Where(_Facts):
    """The kind of office that receives the dossier; which one depends on the citizen's commune."""

    office: Office
    note: Text | None = None


class LegalBasis(_Facts):
    """A law or decree the procedure rests on (căn cứ pháp lý)."""

    number: Text
    name: Text
    in_force_from: date | None = None


class Source(_Facts):
    """The official record the facts were taken from, and the day that record was read by its collector."""

    url: Annotated[str, Field(pattern=r"^https://")]
    as_of: date


class Override(_Facts):
    """Why a number of this guide is not in the official record it cites."""

    numbers: tuple[str, ...] = Field(min_length=1)
    reason: Text
    source: Text


class SeveralAsked(_Facts):
    """A question that asks for several sections at once."""

    asks: tuple[Section, ...] = Field(min_length=2)
    text: Text


class Questions(_Facts):
    """What citizens ask about a procedure, by the section that answers it; overview when they only tell their case."""

    overview: tuple[Text, ...] = ()
    papers: tuple[Text, ...] = ()
    fee: tuple[Text, ...] = ()
    time: tuple[Text, ...] = ()
    place: tuple[Text, ...] = ()
    steps: tuple[Text, ...] = ()
    online: tuple[Text, ...] = ()
    conditions: tuple[Text, ...] = ()
    result: tuple[Text, ...] = ()
    legal_basis: tuple[Text, ...] = ()
    forms: tuple[Text, ...] = ()
    several: tuple[SeveralAsked, ...] = ()

    @model_validator(mode="after")
    def _are_enough(self) -> "Questions":
        if len(self.all()) < 5:
            raise ValueError("expected at least 5 questions in all")
        return self

    def all(self) -> tuple[str, ...]:
        """Every question, whatever it asks."""
        return tuple(text for _, text in self.by_section())

    def by_section(self) -> Iterator[tuple[tuple[Section, ...], str]]:
        """(sections asked, question) for every question."""
        for section in SECTIONS:
            for text in getattr(self, section):
                yield (section,), text
        for asked in self.several:
            yield asked.asks, asked.text


class Guide(_Facts):
    """A reviewed guide about one procedure. Field order is the order of the YAML file."""

    code: Code
    replaces: tuple[Code, ...] = ()
    name: Text
    field: Annotated[str, Field(pattern=r"^[a-z-]+$")]
    level: Literal["commune", "province", "ministry", "commune_province"]
    summary: Text
    also_called: tuple[Text, ...] = Field(min_length=3)
    questions: Questions
    who: Text
    papers: tuple[Paper, ...] = ()
    cases: tuple[Case, ...] = ()
    channels: tuple[Way, ...] = Field(min_length=1)
    where: Where
    result: Text
    conditions: tuple[Text, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = Field(min_length=1)
    decision: Text
    source: Source
    checked_on: date
    tips: tuple[Text, ...] = ()
    related: tuple[Code, ...] = ()
    overrides: tuple[Override, ...] = ()

    @model_validator(mode="after")
    def _papers_are_said(self) -> "Guide":
        if not self.papers and not any(case.papers for case in self.cases):
            raise ValueError("expected at least one paper, in papers or in a case")
        return self

    def way(self, name: str) -> Way | None:
        """The way of that name ("online", "in_person", "post"), or None where the procedure has none."""
        return next((way for way in self.channels if way.way == name), None)
