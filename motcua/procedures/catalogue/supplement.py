"""A record condensed by hand from the portal: the same facts, already in fields of their own."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from motcua.procedures.catalogue.portal import CODE, RecordFault
from motcua.procedures.catalogue.record import CataloguePaper, Channel, Law, Method, PaperCase, Record, TimeUnit
from motcua.procedures.catalogue.tables import UNITS
from motcua.vietnamese.canonical import canonical

PORTAL = "https://dichvucong.gov.vn"
CHANNELS: dict[str, Channel] = {"truc_tuyen": "online", "truc_tiep": "in_person", "buu_chinh": "post"}
_TIME = re.compile(rf"\d[\d.,]* ({'|'.join(UNITS)})")

Told = Annotated[str | None, BeforeValidator(lambda text: canonical(text) or None if isinstance(text, str) else text)]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Paper(_Facts):
    name: str
    copies: Told = None
    form: Told = None


class _Case(_Facts):
    case: Told = None
    documents: list[_Paper] = []


class _Method(_Facts):
    channel: str
    time: Told = None
    fee_label: Told = None
    fee_note: Told = None


class _Law(_Facts):
    number: Told = None
    title: Told = None


class _Supplement(_Facts):
    code: str
    replaces: list[str] = []
    name: str
    field: Told = None
    ministry: Told = None
    level: Told = None
    receiving_office: Told = None
    applicants: list[str] | None = None
    cases: list[_Case] | None = None
    methods: list[_Method] | None = None
    steps: list[str] | None = None
    conditions: list[str] | None = None
    result: Told = None
    legal_basis: list[_Law] | None = None
    decision: Told = None
    source_url: Told = None
    as_of: Told = None
    note: Told = None


def read_supplement(facts: dict[str, Any], as_of: str) -> Record:
    """The record. Raises RecordFault for the first field that does not fit."""
    try:
        told = _Supplement.model_validate(facts)
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(map(str, fault["loc"]))
        raise RecordFault(facts.get("code"), field, fault["input"], fault["msg"]) from error
    for code in (told.code, *told.replaces):
        if not CODE.fullmatch(code):
            raise RecordFault(told.code, "code", code, "a code like 1.001193")
    if unknown := next((way.channel for way in told.methods or [] if way.channel not in CHANNELS), None):
        raise RecordFault(told.code, "methods.channel", unknown, f"one of {', '.join(CHANNELS)}")
    return _record(told, as_of)


def _record(told: _Supplement, as_of: str) -> Record:
    return Record(
        code=told.code,
        replaces=tuple(told.replaces),
        name=canonical(told.name),
        field=told.field,
        level=told.level,
        agency=told.receiving_office,
        authority=told.ministry,
        applicants=", ".join(map(canonical, told.applicants or ())) or None,
        methods=tuple(map(_method, told.methods or ())),
        cases=tuple(PaperCase(when=case.case, papers=tuple(map(_paper, case.documents))) for case in told.cases or ()),
        steps=tuple(map(canonical, told.steps or ())),
        conditions=tuple(map(canonical, told.conditions or ())),
        result=(told.result,) if told.result else (),
        legal_basis=tuple(Law(name=law.title, number=law.number) for law in told.legal_basis or ()),
        decision=told.decision,
        url=told.source_url or PORTAL,
        as_of=told.as_of or as_of,
        remark=told.note,
    )


def _method(way: _Method) -> Method:
    return Method(
        channel=CHANNELS[way.channel],
        time=way.time,
        time_unit=_unit(way.time),
        fee_label=way.fee_label,
        fee_note=way.fee_note,
    )


def _unit(time: str | None) -> TimeUnit | None:
    if time is None or time.isdigit():
        return None
    plain = _TIME.fullmatch(time)
    return UNITS[plain[1]] if plain else "told"


def _paper(paper: _Paper) -> CataloguePaper:
    forms = (paper.form,) if paper.form else ()
    return CataloguePaper(name=canonical(paper.name), copies_told=paper.copies, forms=forms)
