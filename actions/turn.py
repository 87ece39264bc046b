"""One turn as the actions see it: what was said, what Rasa understood, what the conversation is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from motcua.vietnamese.vocabulary import Vocabulary

SECTION_OF_INTENT = {
    "ask_procedure": "overview",
    "ask_papers": "papers",
    "ask_fee": "fee",
    "ask_time": "time",
    "ask_place": "place",
    "ask_steps": "steps",
    "ask_online": "online",
    "ask_conditions": "conditions",
    "ask_result": "result",
    "ask_legal_basis": "legal_basis",
    "ask_forms": "forms",
}


MAX_SECTIONS = 3  # more is an overview in pieces
MIN_TO_MEAN_SECTION = 0.4  # below it an overview, which holds every section in short, is the safer answer
_ASIDE = ("place", "date", "dossier_code", "identity_number", "phone", "bank_card", "email")


@dataclass(frozen=True)
class Turn:
    """What an action needs to know of the tracker."""

    text: str
    intent: str
    confidence: float
    entities: Mapping[str, list[str]]
    spans: tuple[tuple[int, int], ...]
    procedure: str | None
    sections: tuple[str, ...]
    offered: tuple[str, ...]
    place: str | None

    @property
    def about(self) -> str:
        """The text without places, codes and dates: what is left to recognise a procedure by."""
        kept = list(self.text)
        for start, end in self.spans:
            kept[start:end] = " " * (end - start)
        return "".join(kept)

    def first(self, entity: str) -> str | None:
        """The first value found for an entity, or None."""
        return next(iter(self.entities.get(entity, [])), None)


def read_turn(tracker: Tracker) -> Turn:
    """The turn the tracker is in."""
    message: dict[str, Any] = tracker.latest_message
    intent: dict[str, Any] = message.get("intent") or {}
    entities: dict[str, list[str]] = {}
    for entity in message.get("entities") or []:
        entities.setdefault(entity["entity"], []).append(str(entity["value"]))
    return Turn(
        text=message.get("text") or "",
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        entities=entities,
        spans=tuple((found["start"], found["end"]) for found in message.get("entities") or [] if found["entity"] in _ASIDE),
        procedure=tracker.get_slot("procedure"),
        sections=tuple(tracker.get_slot("sections") or ()),
        offered=tuple(tracker.get_slot("offered") or ()),
        place=tracker.get_slot("place"),
    )


def asked_sections(turn: Turn, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The sections this turn asks for: those it names, else the one its intent means, else an overview."""
    if named := vocabulary.sections_in(turn.text):
        return tuple(named[:MAX_SECTIONS])
    is_sure = turn.confidence >= MIN_TO_MEAN_SECTION
    return (SECTION_OF_INTENT.get(turn.intent, "overview") if is_sure else "overview",)
