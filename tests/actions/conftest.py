"""A conversation with the actions: real guides, answers, vocabulary and places, and slots that live from turn to turn."""

import asyncio
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.procedure_actions import ActionAnswerProcedure, ActionPickChoice
from actions.services import Services
from motcua.dossiers.opening import desk_of, open_private
from motcua.dossiers.sql_registry import SqlRegistry
from motcua.places.offices import OFFICES, Calendar, load_offices
from motcua.places.questions import load_place_questions
from motcua.places.units import load_places
from motcua.procedures.answers import Answers
from motcua.procedures.digital_skills import SKILLS, load_digital_skills
from motcua.procedures.distinctions import load_distinctions
from motcua.procedures.facts import load_facts
from motcua.procedures.guide import SECTIONS
from motcua.procedures.life_events import LifeEvents, load_life_events
from motcua.procedures.linter import all_texts
from motcua.procedures.loader import Guides
from motcua.procedures.moves import load_moves
from motcua.settings import ROOT, load_settings
from motcua.vietnamese.lexicon import dictionary_words
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.regional import load_regional
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary
from tests.fakes import PhraseRetriever

BIRTH, BIRTH_ABROAD, MARRIAGE, IDENTITY_CARD = "1.001193", "2.000528", "1.000894", "1.116410"
RESIDENCE, RESIDENCE_LONGER = "1.004194", "1.002755"
WEDDING, IN_DETAIL = "ket-hon", MARRIAGE
KNOWN = {
    "khai sinh và kết hôn": {IDENTITY_CARD: 0.9},
    "khai sinh nước ngoài": {BIRTH_ABROAD: 0.9, BIRTH: 0.05},
    "khai sinh": {BIRTH: 0.9, BIRTH_ABROAD: 0.05},
    "tạm trú": {RESIDENCE: 0.5, RESIDENCE_LONGER: 0.45},
    "cưới": {WEDDING: 0.75, MARRIAGE: 0.2},
    "kết hôn": {MARRIAGE: 0.9},
    "căn cước": {IDENTITY_CARD: 0.9},
    "thẻ cho mèo": {IDENTITY_CARD: 0.3, BIRTH: 0.02},
}
STATUSES = {
    "answered_from_guide", "answered_from_catalogue", "answered_dossier", "answered_place", "asked_which_case",
    "asked_which_procedure", "asked_for_detail", "declined_out_of_scope", "declined_no_guide", "declined_too_many",
    "handed_over", "referred_emergency", "smalltalk", "failed_registry", "answered_digital_skill",
}  # fmt: skip
KIND_WORDS = {
    "utter_condolence",
    "utter_calm",
    "utter_emergency",
    "utter_two_matters",
    "utter_two_in_one",
    "utter_depends_on_place",
}


Chances = Mapping[str, float]  # section → the chance that it is asked for


@dataclass(frozen=True)
class Reply:
    """What a citizen reads after a turn, and what goes with it."""

    text: str
    status: str
    procedures: list[str]
    sections: list[str]
    sources: list[dict[str, Any]]
    offered: list[str]
    private: str = ""  # where the vault keeps what the citizen reads in place of the text
    expects: str = ""


@dataclass
class Talk:
    """One conversation; each turn runs one action, and each of its replies has a status."""

    responses: dict[str, str]
    slots: dict[str, Any] = field(default_factory=dict)

    def turn(
        self,
        action: Action,
        text: str,
        intent: str = "ask_procedure",
        *,
        asked: Chances | None = None,
        **entities: str,
    ) -> Reply:
        """The one reply that carries a status; kind words before it carry none."""
        (reply,) = [reply for reply in self.replies(action, text, intent, asked=asked, **entities) if reply.status]
        return reply

    def replies(
        self,
        action: Action,
        text: str,
        intent: str = "ask_procedure",
        *,
        asked: Chances | None = None,
        **entities: str,
    ) -> list[Reply]:
        dispatcher = CollectingDispatcher()
        events = action.run(dispatcher, tracker(text, intent, self.slots, asked=asked, **entities), {})
        for event in asyncio.run(events) if inspect.iscoroutine(events) else events:
            self.slots[event["name"]] = event["value"]
        return [self._read(said) for said in dispatcher.messages]

    def _read(self, said: dict[str, Any]) -> Reply:
        assert said.get("status", "") in STATUSES or said["response"] in KIND_WORDS
        text = said["text"] or self.responses[said["response"]].format(**said)
        offered = [choice["code"] for choice in said.get("offered", [])]
        facts = {name: said.get(name, []) for name in ("procedures", "sections", "sources")}
        facts |= {name: said.get(name) or "" for name in ("private", "expects")}
        return Reply(text, said.get("status", ""), offered=offered, **facts)


def tracker(
    text: str,
    intent: str,
    slots: dict[str, Any],
    *,
    confidence: float = 0.9,
    asked: Chances | None = None,
    **entities: str,
) -> Tracker:
    """What Rasa sends the actions; entities by kind, each a piece of the text. `asked` stands for the sections heard."""
    found = [{"entity": kind, "value": value, "start": text.index(value)} for kind, value in entities.items()]
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "sections_asked": asked or dict.fromkeys(_heard(text, intent), confidence),
        "entities": [{**entity, "end": entity["start"] + len(entity["value"])} for entity in found],
    }
    return Tracker("cuoc-1", dict(slots), message, [], False, None, {}, None)


def _heard(text: str, intent: str) -> list[str]:
    """A recognizer that knows no more than the names of sections, and what the intent means."""
    meant = intent.removeprefix("ask_")
    return [meant] if meant in SECTIONS and meant != "overview" else _vocabulary().sections_in(text)


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary(ROOT / "knowledge_base" / "vocabulary.yml")


@pytest.fixture
def talk(responses: dict[str, str]) -> Talk:
    return Talk(responses)


@pytest.fixture(scope="session")
def responses() -> dict[str, str]:
    topics = [yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "bot" / "domain").glob("*.yml")]
    said = {name: texts for topic in topics for name, texts in topic.get("responses", {}).items()}
    return {name: texts[0]["text"] for name, texts in said.items()}


@pytest.fixture(scope="session")
def life_events() -> LifeEvents:
    return load_life_events(ROOT / "knowledge_base" / "life_events")


@pytest.fixture(scope="session")
def build(guides: Guides, vocabulary: Vocabulary, life_events: LifeEvents) -> Callable[..., Services]:
    """Builds services on some of the real guides."""
    knowledge = ROOT / "knowledge_base"
    answers, places = Answers(knowledge), load_places(knowledge / "places.yml")
    facts, moves = load_facts(knowledge / "facts.yml"), load_moves(knowledge / "dialogue.yml")
    distinctions = load_distinctions(knowledge / "distinctions.yml")
    own = [text for guide in guides.values() for text in all_texts(guide)]
    reader = Reader.train(load_regional(knowledge / "regional.yml"), own, words=dictionary_words())

    def built(folder: Path, *codes: str) -> Services:
        settings = load_settings({"MOTCUA_VAR": str(folder), "MOTCUA_SECRET": "secret " * 6})
        chosen = Guides([guides[code] for code in codes])
        return Services(
            guides=chosen,
            answers=answers,
            vocabulary=vocabulary,
            retriever=PhraseRetriever(KNOWN),
            places=places,
            place_questions=load_place_questions(knowledge / "place_questions.yml"),
            calendar=Calendar(),
            offices=load_offices(knowledge / OFFICES),
            dossiers=desk_of(SqlRegistry(settings.registry_url), open_private(settings), knowledge),
            facts=facts,
            moves=moves,
            distinctions=distinctions,
            reader=reader,
            digital_skills=load_digital_skills(knowledge / SKILLS),
            life_events={code: event for code, event in life_events.items() if set(event.procedures) <= set(chosen)},
        )

    return built


@pytest.fixture
def services(build: Callable[..., Services], tmp_path: Path) -> Services:
    return build(tmp_path, BIRTH, BIRTH_ABROAD, MARRIAGE, IDENTITY_CARD, RESIDENCE, RESIDENCE_LONGER)


@pytest.fixture
def wedding_services(build: Callable[..., Services], life_events: LifeEvents, tmp_path: Path) -> Services:
    return build(tmp_path, *life_events[WEDDING].procedures)


@pytest.fixture
def answer(services: Services) -> ActionAnswerProcedure:
    return ActionAnswerProcedure(services)


@pytest.fixture
def pick(services: Services) -> ActionPickChoice:
    return ActionPickChoice(services)
