"""Answers: fixed blocks made from a guide's fields by the templates in knowledge_base/answers, never free prose."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from motcua.procedures.blocks import BLOCK_SECTIONS, Block, Names, day, forms_of, section_blocks, told_once
from motcua.procedures.cases import Told
from motcua.procedures.catalogue.record import Record
from motcua.procedures.catalogue.telling import FILTERS
from motcua.procedures.guide import Case, Guide, Way
from motcua.procedures.life_events import LifeEvent
from motcua.procedures.procedures import Procedure

_DEADLINE = re.compile(r"(?:trong|chậm nhất) \d+ (?:ngày|tháng)|[Pp]hải khai ngay")
_ASIDE = re.compile(r"\s*\([^)]*\)")
_BLANK_LINES = re.compile(r"\n{3,}")


class Answers:
    """Renders sections of guides, and of records of the catalogue, for citizens."""

    def __init__(self, knowledge_base: Path) -> None:
        offices = yaml.load((knowledge_base / "offices.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
        self._templates = Environment(
            loader=FileSystemLoader(knowledge_base / "answers"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            autoescape=False,  # noqa: S701  plain text: each channel escapes for itself
        )
        self._templates.globals |= {"way_names": offices["ways"], "office_names": offices["offices"]}
        self._names = Names(offices["ways"], offices["offices"])
        centres = {centre.get("unit"): centre for centre in offices.get("centres", [])}
        self._templates.globals |= {"centres": centres, "office_hours": offices.get("hours", [])}
        self._templates.filters |= {"day": day, "forms": forms_of, "told_once": partial(_told_once, self._names.ways)}
        self._templates.filters |= {"told_day": _told_day, "capitalize_first": _capitalized}
        self._templates.filters |= {"lower_first": _lowered}
        self._templates.filters |= {"deadline": _deadline, "in_short": _in_short, "bare": bare_name, **FILTERS}

    def render(self, section: str, procedure: Procedure, *, unit: object = None, told: Sequence[Told] = ()) -> str:
        """The text of one section; `unit` is the citizen's ward or commune, `told` their cases, where they are known."""
        if isinstance(procedure, Record):
            return self._fill(f"catalogue/{section}", record=procedure)
        return self._fill(section, guide=procedure, unit=unit, told=told)

    @property
    def offices(self) -> Mapping[str, str]:
        """What kinds of offices are called, by their names in guides."""
        return self._names.offices

    def blocks(
        self, sections: Sequence[str], procedure: Procedure, *, unit: Any = None, told: Sequence[Told] = ()
    ) -> list[Block]:
        """The same sections as data, for channels that show lists and tables; a record's, and rarer ones, are plain text."""
        made: list[Block] = []
        for section in sections:
            if isinstance(procedure, Guide) and section in BLOCK_SECTIONS:
                made += section_blocks(section, procedure, self._names, unit=unit, told=told)
            else:
                text = self.render(section, procedure, unit=unit, told=told).partition("\n")[2]
                made.append({"section": section, "kind": "prose", "text": text.strip()})
        return made

    def which_case(self, guide: Guide, cases: Sequence[Case]) -> str:
        """The papers needed in all cases, and the question in which case the citizen is."""
        return self._fill("which_case", guide=guide, cases=cases)

    def life_event(self, event: LifeEvent, guides: Mapping[str, Guide], *, unit: object = None) -> str:
        """What to do in a life event, in order, each step in short and with its code."""
        steps = [(step, guides[step.procedure]) for step in event.steps]
        return self._fill("life_event", event=event, steps=steps, unit=unit)

    def tell(self, template: str, **facts: object) -> str:
        """The text of a template that is about no procedure: an office, a place."""
        return self._fill(template, **facts)

    def source(self, procedure: Procedure) -> str:
        """The line that says where the facts come from and how old they are."""
        return self.render("source", procedure)

    def _fill(self, template: str, **facts: object) -> str:
        text = self._templates.get_template(f"{template}.j2").render(facts)
        return _BLANK_LINES.sub("\n\n", text).strip()


def _told_once(names: Mapping[str, str], ways: Iterable[Way], tell: Callable[[Way], str]) -> list[tuple[str, str]]:
    """(names of ways, what is told of them): ways of which the same is told share one line."""
    return [(listed, tell(same[0]).strip()) for listed, same in told_once(names, ways, tell)]


def _deadline(guide: Guide) -> str | None:
    """The condition that says until when the dossier has to be handed in."""
    return next((condition for condition in guide.conditions if _DEADLINE.search(condition)), None)


def _in_short(text: str) -> str:
    """The first sentence."""
    return text.split(". ")[0].rstrip(".")


def bare_name(name: str) -> str:
    """An official name without its asides in brackets."""
    return _ASIDE.sub("", name)


def _told_day(as_of: str) -> str:
    """ "2025-12-15" → "15/12/2025", "2026-07" → "07/2026"."""
    return "/".join(reversed(as_of.split("-")))


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def source_facts(procedure: Procedure) -> Mapping[str, Any]:
    """The source of an answer, for its metadata; only a guide was checked by anyone."""
    if isinstance(procedure, Record):
        return {"url": procedure.url, "decision": procedure.decision, "as_of": procedure.as_of}
    return {"url": procedure.source.url, "decision": procedure.decision, "checked_on": procedure.checked_on.isoformat()}
