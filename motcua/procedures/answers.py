"""Answers: fixed blocks made from a guide's fields by the templates in knowledge_base/answers, never free prose."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from motcua.procedures.catalogue.record import Record
from motcua.procedures.catalogue.telling import FILTERS
from motcua.procedures.guide import Guide, Way
from motcua.procedures.procedures import Procedure

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
            autoescape=False,  # noqa: S701  plain text: each channel escapes for itself
        )
        self._templates.globals |= {"way_names": offices["ways"], "office_names": offices["offices"]}
        names = offices["ways"]
        self._templates.filters |= {"day": _day, "forms": forms_of, "told_once": partial(_told_once, names)}
        self._templates.filters |= FILTERS

    def render(self, section: str, procedure: Procedure, *, unit: object = None) -> str:
        """The text of one section; `unit` is the citizen's ward or commune where it is known."""
        if isinstance(procedure, Record):
            text = self._templates.get_template(f"catalogue/{section}.j2").render(record=procedure)
        else:
            text = self._templates.get_template(f"{section}.j2").render(guide=procedure, unit=unit)
        return _BLANK_LINES.sub("\n\n", text).strip()

    def source(self, procedure: Procedure) -> str:
        """The line that says where the facts come from and how old they are."""
        return self.render("source", procedure)


def forms_of(guide: Guide) -> list[str]:
    """ "paper: form" for each paper of the guide that has a form of its own."""
    papers = [*guide.papers, *(paper for case in guide.cases for paper in case.papers)]
    return [f"{paper.name}: {paper.form}" for paper in papers if paper.form]


def _told_once(names: Mapping[str, str], ways: Iterable[Way], tell: Callable[[Way], str]) -> list[tuple[str, str]]:
    """(names of ways, what is told of them): ways of which the same is told share one line."""
    told: dict[str, list[str]] = {}
    for way in ways:
        told.setdefault(tell(way).strip(), []).append(names[way.way])
    return [(", ".join([first, *map(str.lower, others)]), text) for text, (first, *others) in told.items()]


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def source_facts(procedure: Procedure) -> Mapping[str, Any]:
    """The source of an answer, for its metadata; only a guide was checked by anyone."""
    if isinstance(procedure, Record):
        return {"url": procedure.url, "decision": procedure.decision, "as_of": procedure.as_of}
    return {"url": procedure.source.url, "decision": procedure.decision, "checked_on": procedure.checked_on.isoformat()}
