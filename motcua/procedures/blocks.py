"""Blocks: a section of a guide as plain data, for channels that show lists and tables instead of text.

A block has a `kind` and facts of the guide. Headings are left to the channel, which may have them in two languages. What is
unknown has no key.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from motcua.procedures.cases import Told
from motcua.procedures.guide import Guide, Paper, Way

Block = dict[str, Any]


class _Unit(Protocol):
    @property
    def full_name(self) -> str: ...


@dataclass(frozen=True)
class Names:
    """What ways and offices are called, by their names in guides."""

    ways: Mapping[str, str]
    offices: Mapping[str, str]


def section_blocks(
    section: str, guide: Guide, names: Names, *, unit: _Unit | None = None, told: Sequence[Told] = ()
) -> list[Block]:
    """The blocks of one section; `unit` is the citizen's ward or commune, `told` their cases, where they are known."""
    made = [make(guide, names) for make in _MAKERS[section]]
    return [{"section": section, **_with_own_cases_first(_placed(block, guide, unit), told)} for block in made if block]


def told_once(names: Mapping[str, str], ways: Iterable[Way], tell: Callable[[Way], str]) -> list[tuple[str, list[Way]]]:
    """(names, ways) in the guide's order: ways of which the same is told stand together."""
    told: dict[str, list[Way]] = {}
    for way in ways:
        told.setdefault(tell(way).strip(), []).append(way)
    return [(_listed([names[way.way] for way in same]), same) for same in told.values()]


def day(when: date) -> str:
    """A date as Vietnamese write it."""
    return f"{when.day:02}/{when.month:02}/{when.year}"


def paper_key(paper: Paper) -> str:
    """A short name for a paper that stays the same while its own name does: what a tick on a checklist is kept under."""
    return f"{zlib.crc32(paper.name.encode()):08x}"


def _listed(names: list[str]) -> str:
    return ", ".join([names[0], *map(str.lower, names[1:])])


def _known(**facts: Any) -> Block:
    return {name: fact for name, fact in facts.items() if fact}


def _text(about: str) -> Callable[[Guide, Names], Block]:
    return lambda guide, _: {"kind": "text", "about": about, "text": getattr(guide, about)}


def _tip(guide: Guide, _: Names) -> Block:
    return {"kind": "text", "about": "tip", "text": guide.tips[0]} if guide.tips else {}


def _paper(paper: Paper) -> Block:
    return {"key": paper_key(paper), **paper.model_dump(exclude_none=True)}


def _papers(guide: Guide, _: Names) -> Block:
    cases = [
        {**_known(id=case.id, when=case.when, note=case.note), "papers": [_paper(paper) for paper in case.papers]}
        for case in guide.cases
    ]
    return {"kind": "papers", "papers": [_paper(paper) for paper in guide.papers], "cases": cases}


def _papers_in_short(guide: Guide, names: Names) -> Block:
    return {**_papers(guide, names), "cases": [], **_known(other_cases=len(guide.cases))}


def _fees(guide: Guide, names: Names) -> Block:
    # Label and note are told apart: "Miễn phí" never stands without the note that names an amount.
    groups = told_once(names.ways, guide.channels, lambda way: f"{way.fee_label}\n{way.fee_note}")
    rows = [{"ways": ways, **_known(label=same[0].fee_label, note=same[0].fee_note)} for ways, same in groups]
    return {"kind": "fees", "rows": rows}


def _times(guide: Guide, names: Names) -> Block:
    groups = told_once(names.ways, guide.channels, lambda way: way.time)
    return {"kind": "times", "rows": [{"ways": ways, "time": same[0].time} for ways, same in groups]}


def _steps(guide: Guide, names: Names) -> Block:
    return {"kind": "steps", "ways": [{"way": names.ways[way.way], "steps": list(way.steps)} for way in guide.channels]}


def _online(guide: Guide, names: Names) -> Block:
    way = guide.way("online")
    if way is None:
        return {"kind": "missing", "about": "online"}
    return {"kind": "steps", "ways": [{"way": names.ways["online"], "steps": list(way.steps), "time": way.time}]}


def _place(guide: Guide, names: Names) -> Block:
    office = names.offices[guide.where.office]
    return {"kind": "place", "office": office, **_known(note=guide.where.note, online=guide.way("online") is not None)}


def _placed(block: Block, guide: Guide, unit: _Unit | None) -> Block:
    """A place with the citizen's own ward or commune, where the office is one of it."""
    if block["kind"] != "place" or guide.where.office not in ("commune_centre", "commune_police"):
        return block
    return {**block, "unit": unit.full_name} if unit else {**block, "asks_unit": True}


def _with_own_cases_first(block: Block, told: Sequence[Told]) -> Block:
    """The papers with the citizen's own cases first, each with the reason why we think it is theirs."""
    if block["kind"] != "papers" or not told:
        return block
    reasons = {one.case.id: _known(is_own=True, because=one.because) for one in told}
    cases = [{**case, **reasons.get(case["id"], {})} for case in block["cases"]]
    return {**block, "cases": sorted(cases, key=lambda case: case["id"] not in reasons)}


def _list(about: str, items: Callable[[Guide], list[str]]) -> Callable[[Guide, Names], Block]:
    def made(guide: Guide, _: Names) -> Block:
        found = items(guide)
        return {"kind": "list", "about": about, "items": found} if found else {"kind": "missing", "about": about}

    return made


def forms_of(guide: Guide) -> list[str]:
    """ "paper: form" for each paper of the guide that has a form of its own."""
    papers = [*guide.papers, *(paper for case in guide.cases for paper in case.papers)]
    return [f"{paper.name}: {paper.form}" for paper in papers if paper.form]


def _laws(guide: Guide, _: Names) -> Block:
    laws = [
        _known(number=law.number, name=law.name, since=law.in_force_from and day(law.in_force_from))
        for law in guide.legal_basis
    ]
    return {"kind": "laws", "laws": laws}


def _conditions(guide: Guide) -> list[str]:
    return list(guide.conditions)


def _cases(guide: Guide, _: Names) -> Block:
    return {"kind": "list", "about": "cases", "items": [case.when for case in guide.cases]} if guide.cases else {}


_MAKERS: Mapping[str, tuple[Callable[[Guide, Names], Block], ...]] = {
    "overview": (_text("summary"), _text("who"), _papers_in_short, _place, _times, _fees, _tip),
    "papers": (_papers,),
    "fee": (_fees,),
    "time": (_times,),
    "place": (_place,),
    "steps": (_steps,),
    "online": (_online,),
    "conditions": (_text("who"), _list("conditions", _conditions), _cases),
    "result": (_text("result"),),
    "legal_basis": (_laws,),
    "forms": (_list("forms", forms_of),),
    "checklist": (_papers, _place, _fees, _times),
}
BLOCK_SECTIONS = frozenset(_MAKERS)
