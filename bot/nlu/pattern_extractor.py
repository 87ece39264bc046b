"""Entities with a shape of their own: dossier and procedure codes, days, and the gateway's placeholders."""

import re
from datetime import date
from typing import Any

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from motcua.conversations.redaction import PLACEHOLDERS
from motcua.dossiers.codes import DOSSIER_CODE, canonical_code
from motcua.vietnamese.dates import find_dates

_PROCEDURE_CODE = re.compile(r"(?<![\d.])[1-9]\.\d{6}(?!\.?\d)")
_DATE = re.compile(r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}(?:[/.-](?:19|20)?\d{2})?(?![\d/-])")
_PLACEHOLDER = re.compile("|".join(re.escape(mark) for mark in PLACEHOLDERS.values()))
MAX_WORDS_AROUND = 3
_KIND = {mark: kind for kind, mark in PLACEHOLDERS.items()}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PatternExtractor(GraphComponent, EntityExtractorMixin):
    """Finds dossier_code, procedure_code, date and masked numbers by pattern; learns nothing."""

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any) -> "PatternExtractor":
        """Called by Rasa's graph."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found to each message."""
        for message in messages:
            found = _entities(message.get(TEXT))
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
            if intent := _intent_of(found, message.get(TEXT), (message.get(INTENT) or {}).get("name") or ""):
                message.set(INTENT, {"name": intent, "confidence": 1.0}, add_to_output=True)
        return messages


def _intent_of(found: list[dict[str, Any]], text: str, understood: str) -> str | None:
    """What a code or number means whatever stands around it; digits alone look like a choice to the classifier."""
    kinds = {entity["entity"] for entity in found}
    if "dossier_code" in kinds and understood not in ("follow_dossier", "unfollow_dossier"):
        return "check_dossier_status"
    if "last_digits" in kinds or (kinds & {"identity_number", "phone"} and _is_nearly_alone(text)):
        return "check_dossier_status"
    return "ask_procedure" if "procedure_code" in kinds and not understood.startswith("ask_") else None


def _is_nearly_alone(text: str) -> bool:
    """Whether a message is a personal number with hardly a word around it: the answer to a question."""
    return len(_PLACEHOLDER.sub(" ", text).split()) <= MAX_WORDS_AROUND


def _entities(text: str) -> list[dict[str, Any]]:
    codes = [_entity("dossier_code", match, canonical_code(match)) for match in DOSSIER_CODE.finditer(text)]
    taken = [(code["start"], code["end"]) for code in codes]
    others = [_entity("procedure_code", match, match[0]) for match in _PROCEDURE_CODE.finditer(text)]
    others += [_entity(_KIND[match[0]], match, match[0]) for match in _PLACEHOLDER.finditer(text)]
    others += [_span("date", start, end, text[start:end]) for start, end in _days(text)]
    return codes + [found for found in others if all(found["end"] <= start or end <= found["start"] for start, end in taken)]


def _days(text: str) -> list[tuple[int, int]]:
    """Where days are told: in words or figures, and in figures alone ("20/11"), which may mean something else elsewhere."""
    told = [(day.start, day.end) for day in find_dates(text, date.today())]
    figures = [match.span() for match in _DATE.finditer(text)]
    return told + [(start, end) for start, end in figures if all(end <= first or last <= start for first, last in told)]


def _entity(kind: str, match: re.Match[str], value: str) -> dict[str, Any]:
    return _span(kind, match.start(), match.end(), value)


def _span(kind: str, start: int, end: int, value: str) -> dict[str, Any]:
    return {"entity": kind, "start": start, "end": end, "value": value, "confidence": 1.0}
