"""One turn as the actions see it: what was said, what Rasa understood, what the conversation is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker

from motcua.procedures.moves import Move
from motcua.vietnamese.vocabulary import Vocabulary

Events = list[dict[str, Any]]
MAX_SECTIONS = 3  # more is an overview in pieces
# The chance from which a section is asked for; below it an overview, which holds every section in short, is the safer answer.
MIN_TO_MEAN = 0.5
MIN_BESIDE = 0.25  # where another is likely
LEAD_OF_HOW = 0.2  # by which "làm thế nào" is all that is asked for, whatever else is heard
ALIKE = 0.1  # so close to the likeliest, what is named first is told first
SECTIONS_ASKED = "sections_asked"  # what bot/nlu/section_recognizer.py tells
FOR_ALL = "*"  # what a fact of a person is bound to, in place of a procedure
_APART = ("place", "dossier_code", "identity_number", "phone", "bank_card", "email", "last_digits")


@dataclass(frozen=True)
class Turn:
    """What an action needs to know of the tracker."""

    said: str  # as it was typed
    text: str  # as it reads, once mended: evidence, never shown
    about: str  # the text without places, codes and days: what is left to recognise a procedure by
    ranked: str  # the same with its days: "tuần sau hết hạn đăng kiểm" reads otherwise without
    intent: str
    confidence: float
    entities: Mapping[str, list[str]]
    procedure: str | None
    sections: tuple[str, ...]
    offered: tuple[str, ...]
    place: str | None  # by its code
    labels: tuple[str, ...] = ()  # short answers that stand for what is offered
    pair: str | None = None  # the second procedure in hand, where two were asked for at once
    topics: tuple[str, ...] = ()  # what was answered before, the latest last
    life_event: str | None = None
    facts: Mapping[str, str | None] = field(default_factory=dict)  # fact → its procedure, FOR_ALL, or None: not bound yet
    told: Mapping[str, str | None] = field(default_factory=dict)  # the facts told in this turn
    cases_offered: tuple[str, ...] = ()
    cases: Mapping[str, str] = field(default_factory=dict)  # procedure → the case chosen for it
    asked_case: tuple[str, ...] = ()  # procedures whose case was asked for, once and never again
    none_fitted: bool = False
    place_asked: Mapping[str, str] | None = None  # the wording of a place that was asked back, and what to go on with
    moves: frozenset[Move] = frozenset()
    asks: bool = False  # and does not only tell
    conversation: str = ""
    dossier: Mapping[str, str | None] | None = None  # the dossier in hand: its code, its stage, what was asked about it
    skill: Mapping[str, Any] | None = None  # the digital skill under way: its id, the step, and whether it was asked about last
    stuck: int = 0  # turns in a row that led nowhere
    sections_asked: Mapping[str, float] = field(default_factory=dict)  # section → the chance that it is asked for

    def first(self, entity: str) -> str | None:
        """The first value found for an entity, or None."""
        return next(iter(self.entities.get(entity, [])), None)

    def facts_for(self, code: str) -> dict[str, str | None]:
        """The facts that hold for a procedure: of the person, told of it, or told of nothing yet."""
        return {fact: bound for fact, bound in self.facts.items() if bound in (None, FOR_ALL, code)}


def read_turn(tracker: Tracker) -> Turn:
    """The turn the tracker is in."""
    message: dict[str, Any] = tracker.latest_message
    intent: dict[str, Any] = message.get("intent") or {}
    entities: dict[str, list[str]] = {}
    for entity in message.get("entities") or []:
        entities.setdefault(entity["entity"], []).append(str(entity["value"]))
    said: str = message.get("text") or ""
    return Turn(
        said=said,
        text=said,
        about=_without(message, (*_APART, "date")),
        ranked=_without(message, _APART),
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        sections_asked=message.get(SECTIONS_ASKED) or {},
        entities=entities,
        procedure=tracker.get_slot("procedure"),
        place=tracker.get_slot("place") or _place_asked_from(tracker),
        place_asked=tracker.get_slot("place_asked"),
        skill=tracker.get_slot("skill"),
        stuck=int(tracker.get_slot("stuck") or 0),
        pair=tracker.get_slot("pair"),
        life_event=tracker.get_slot("life_event"),
        facts=tracker.get_slot("facts") or {},
        cases=tracker.get_slot("cases") or {},
        none_fitted=bool(tracker.get_slot("none_fitted")),
        conversation=tracker.sender_id,
        dossier=tracker.get_slot("dossier"),
        **{name: tuple(tracker.get_slot(name) or ()) for name in _LISTS},
    )


def _place_asked_from(tracker: Tracker) -> str | None:
    """Where a volunteer helps, by its code: the gateway sends it along."""
    return (tracker.latest_message.get("metadata") or {}).get("place")


def _without(message: Mapping[str, Any], kinds: Sequence[str]) -> str:
    kept = list(message.get("text") or "")
    for found in message.get("entities") or []:
        if found["entity"] in kinds:
            kept[found["start"] : found["end"]] = " " * (found["end"] - found["start"])
    return "".join(kept)


_LISTS = ("sections", "offered", "labels", "topics", "cases_offered", "asked_case")


def asked_sections(turn: Turn, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The sections this turn asks for, the likeliest first or as they are named, and last how to go about it (`overview`).

    A second one needs less of a chance than the first. What the limits were chosen by: docs/adr/0003-intent-classifier.md.
    Names are read without the places: "Đồng Tiến" sounds like "đóng tiền".
    """
    if "checklist" in turn.moves or turn.intent == "ask_checklist":
        return ("checklist",)
    by_chance = sorted(turn.sections_asked.items(), key=lambda found: -found[1])[:MAX_SECTIONS]
    (likeliest, chance), *others = by_chance or [("overview", 0.0)]
    is_how_alone = likeliest == "overview" and all(other < chance - LEAD_OF_HOW for _, other in others)
    if chance < MIN_TO_MEAN or is_how_alone:
        return ("overview",)
    alike = [section for section, other in by_chance if other >= chance - ALIKE]
    same = "overview" if likeliest == "steps" else None  # "trình tự thế nào" asks once
    heard = [section for section, other in by_chance if other >= MIN_BESIDE and section != same]
    asked = dict.fromkeys([*(section for section in vocabulary.sections_in(turn.about) if section in alike), *heard])
    return tuple(sorted(asked, key="overview".__eq__))
