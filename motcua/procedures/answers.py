"""Answers: fixed blocks made from a guide's fields by the templates in knowledge_base/answers, never free prose."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from motcua.procedures.blocks import Block, Names, day, forms_of, section_blocks, told_once
from motcua.procedures.guide import Guide, Way

# What a citizen can ask about a procedure; each is a template of knowledge_base/answers.
SECTIONS = (
    "overview", "papers", "fee", "time", "place", "steps", "online", "conditions", "result", "legal_basis", "forms",
)  # fmt: skip
_BLANK_LINES = re.compile(r"\n{3,}")


class Answers:
    """Renders sections of guides for citizens."""

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
        self._names = Names(offices["ways"], offices["offices"])
        self._templates.filters |= {"day": day, "forms": forms_of, "told_once": partial(_told_once, self._names.ways)}

    def render(self, section: str, guide: Guide, *, unit: object = None) -> str:
        """The text of one section; `unit` is the citizen's ward or commune where it is known."""
        text = self._templates.get_template(f"{section}.j2").render(guide=guide, unit=unit)
        return _BLANK_LINES.sub("\n\n", text).strip()

    def blocks(self, sections: Sequence[str], guide: Guide, *, unit: Any = None) -> list[Block]:
        """The same sections as data, for channels that show lists and tables."""
        return [block for section in sections for block in section_blocks(section, guide, self._names, unit=unit)]

    def source(self, guide: Guide) -> str:
        """The line that says where the facts come from and how old they are."""
        return self.render("source", guide)


def _told_once(names: Mapping[str, str], ways: Iterable[Way], tell: Callable[[Way], str]) -> list[tuple[str, str]]:
    """(names of ways, what is told of them): ways of which the same is told share one line."""
    return [(listed, tell(same[0]).strip()) for listed, same in told_once(names, ways, tell)]


def source_facts(guide: Guide) -> Mapping[str, Any]:
    """The source of an answer, for its metadata."""
    return {"url": guide.source.url, "decision": guide.decision, "checked_on": guide.checked_on.isoformat()}
