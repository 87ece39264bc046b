"""One turn as the actions see it: what was said, what Rasa understood, what the conversation is about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker

from motcua.procedures.moves import Move
from motcua.vietnamese.vocabulary import Vocabulary

Events = list[dict[str, Any]]
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
    "ask_checklist": "checklist",
}


MAX_SECTIONS = 3  # more is an overview in pieces
MIN_AGAINST_NAME = 0.5
# What stands between two questions; a bare "con" is a child more often than "còn".
_BESIDE = re.compile(r"[,;?]\s|\b(?:và|va|với|voi|vs|cùng|lẫn|còn|rồi|roi|cả)\b")
# A second intent this likely is asked as well, where the message holds two questions: of those in the guides 65 % are heard
# whole, 49 % by names alone.
MIN_TO_MEAN_TOO = 0.12
MIN_TO_MEAN_SECTION = 0.4  # below it an overview, which holds every section in short, is the safer answer
_FALLBACK = "nlu_fallback"
FOR_ALL = "*"  # what a fact of a person is bound to, in place of a procedure
_ASIDE = ("place", "date", "dossier_code", "identity_number", "phone", "bank_card", "email", "last_digits")


@dataclass(frozen=True)
class Turn:
    """What an action needs to know of the tracker."""

    said: str  # as it was typed
    text: str  # as it reads, once mended: evidence, never shown
    about: str  # the text without places, codes and dates: what is left to recognise a procedure by
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
    conversation: str = ""
    dossier: Mapping[str, str | None] | None = None  # the dossier in hand: its code, its stage, what was asked about it
    skill: Mapping[str, Any] | None = None  # the digital skill under way: its id, the step, and whether it was asked about last
    stuck: int = 0  # turns in a row that led nowhere
    second_intent: str = ""
    second_confidence: float = 0.0

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
    others = [found for found in message.get("intent_ranking") or [] if found["name"] not in (intent.get("name"), _FALLBACK)]
    second: dict[str, Any] = others[0] if others else {}
    entities: dict[str, list[str]] = {}
    for entity in message.get("entities") or []:
        entities.setdefault(entity["entity"], []).append(str(entity["value"]))
    said: str = message.get("text") or ""
    aside = [(found["start"], found["end"]) for found in message.get("entities") or [] if found["entity"] in _ASIDE]
    return Turn(
        said=said,
        text=said,
        about=_without(said, aside),
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        second_intent=second.get("name") or "",
        second_confidence=float(second.get("confidence") or 0.0),
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


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


_LISTS = ("sections", "offered", "labels", "topics", "cases_offered", "asked_case")


def asked_sections(turn: Turn, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The sections this turn asks for: that its intent means or, if that is unsure, that it names; of two questions both.

    Names alone are right for 59 % of the guides' questions ("giấy tờ nộp ở đâu" names two), the intent for 91 %.
    Places are left out: "Đồng Tiến" sounds like "đóng tiền".
    """
    if "checklist" in turn.moves:
        return ("checklist",)
    named, meant = vocabulary.sections_in(turn.about), SECTION_OF_INTENT.get(turn.intent)
    is_sure = meant is not None and turn.confidence >= MIN_TO_MEAN_SECTION
    if _BESIDE.search(turn.about.lower()) and (asked := _of_two_questions(turn, named, meant if is_sure else None)):
        return asked
    second = SECTION_OF_INTENT.get(turn.second_intent)
    if meant and second and {meant, second} <= set(named) and turn.second_confidence >= MIN_TO_MEAN_TOO:
        return tuple(dict.fromkeys((meant, second)))  # "bao nhiêu tiền bao nhiêu ngày": nothing stands between
    if meant and turn.confidence >= (MIN_AGAINST_NAME if named else MIN_TO_MEAN_SECTION):
        return (meant,)
    return (named[0],) if named else ("overview",)


def _of_two_questions(turn: Turn, named: list[str], meant: str | None) -> tuple[str, ...]:
    """What is named and surely meant, in the order of the vocabulary where it is named, then what is likely meant as well."""
    if len(named) > 1 and meant in (*named, None):
        asked = list(named)
    elif meant:
        asked = [meant, *named]
    else:
        return ()
    second = SECTION_OF_INTENT.get(turn.second_intent)
    if second and turn.second_confidence >= MIN_TO_MEAN_TOO and meant and "overview" not in (meant, second):
        asked.append(second)
    return tuple(dict.fromkeys(asked))[:MAX_SECTIONS]
