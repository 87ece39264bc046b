"""What is wrong with a guide, by the field of the form: against the model, then by the linter's rules."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from console.guides.form import is_lines
from motcua.procedures.guide import Guide
from motcua.procedures.linter import RULES

Sentences = Mapping[str, Mapping[str, str]]  # labels.vi.yml: guide_faults, lint, guide_fields
_OWN_RULES = {"channels": "fee_missing", "questions": "few_questions", "": "no_paper"}  # of the model, for a group


def checked(facts: Mapping[str, Any], path: Path, sentences: Sentences) -> tuple[Guide | None, dict[str, str]]:
    """(the guide, a sentence for each field that is wrong); no guide where it breaks the model."""
    try:
        guide = Guide.model_validate(facts)
    except ValidationError as error:
        return None, {field: _told(field, sentence, sentences) for field, sentence in _broken(error, sentences)}
    return guide, {field: _told(field, sentence, sentences) for field, sentence in _linted(path, guide, sentences)}


def _broken(error: ValidationError, sentences: Sentences) -> Iterator[tuple[str, str]]:
    known = sentences["guide_faults"]
    for fault in error.errors():
        field = ".".join(map(str, fault["loc"]))
        group = re.sub(r"\.\d+$", "", field)
        key = _OWN_RULES.get(group, "other") if fault["type"] == "value_error" else fault["type"]
        yield _field_of(field), known.get(key, known["other"])


def _linted(path: Path, guide: Guide, sentences: Sentences) -> Iterator[tuple[str, str]]:
    ways = [way.way for way in guide.channels]
    for rule in RULES:
        for field, found, _ in rule(path, guide):
            parts = [str(ways.index(part)) if part in ways else part for part in field.split("/")[0].split(".")]
            yield _field_of(".".join(parts)), sentences["lint"][rule.__name__].format(found=found)


def _field_of(field: str) -> str:
    """The field of the form: a line of a text area belongs to its area, a rule of the whole guide to its papers."""
    group, _, last = field.rpartition(".")
    if last.isdigit() and is_lines(group):
        return group
    return field or "papers"


def _told(field: str, sentence: str, sentences: Sentences) -> str:
    names = [name for name in field.split(".") if not name.isdigit()]
    number = next((f" {int(part) + 1}" for part in field.split(".") if part.isdigit()), "")
    name = sentences["guide_fields"].get(names[-1], names[-1])
    group = f"{sentences['guide_fields'].get(names[0], names[0])}{number}, " if len(names) > 1 else ""
    return f"{group}{name.lower() if group else name}: {sentence}"
