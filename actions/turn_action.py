"""What every action about procedures does around its answer: hears facts, says a kind word, remembers."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answering import answer_if_clear
from actions.citizen_place import unit_of
from actions.danger import refer
from actions.dossier_following import settle_dossier
from actions.handing_over import MAX_STUCK, hand_over, is_stuck
from actions.place_answers import settle_place
from actions.services import Services, services
from actions.skill_guiding import guide_skill, put_aside
from actions.tracing import traced
from actions.turn import FOR_ALL, Events, Turn, read_turn
from motcua.procedures.moves import Move
from motcua.spans import span

MAX_TOPICS = 5
# While one turn is in PyTorch or FAISS, which work without the interpreter's lock, a second goes on; a third would only wait.
_THREADS = ThreadPoolExecutor(2, "turns")
# Words that steer the conversation and say nothing of a procedure.
_STEERING: tuple[Move, ...] = ("back", "checklist", "angry", "thanks")


class TurnAction(Action, ABC):
    """An action that answers a turn; its `respond` utters and returns events, the rest is done here."""

    def __init__(self, collaborators: Services | None = None) -> None:
        self._given = collaborators

    @abstractmethod
    def respond(self, dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
        """Utters the answer; returns what the conversation is to remember."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Called by rasa-sdk; answers in a thread, with whatever the log and the spans know of the turn."""
        answered = partial(copy_context().run, self._answered_and_traced, dispatcher, tracker)
        return await asyncio.get_running_loop().run_in_executor(self.threads(tracker), answered)

    def threads(self, tracker: Tracker) -> Executor | None:
        """Where the turn is answered; None: where those are that wait for others."""
        return _THREADS

    def _answered_and_traced(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        ours = self._given or services()
        with span(self.name()), traced(dispatcher, ours.procedures, ours.index_digest):
            return self._run(dispatcher, read_turn(tracker), ours)

    def _run(self, dispatcher: CollectingDispatcher, before: Turn, ours: Services) -> Events:
        turn = hear(before, ours)
        answer = CollectingDispatcher()
        events = self._answered(answer, turn, ours)
        stuck = turn.stuck + 1 if is_stuck(answer.messages, turn) else 0
        if stuck >= MAX_STUCK:
            answer, stuck = CollectingDispatcher(), 0
            hand_over(answer, turn, ours, reason="stuck", response="utter_stuck")
        for response in _kind_words(before, turn, answer.messages):
            dispatcher.utter_message(response=response)
        dispatcher.messages += answer.messages
        kept = (*_remembered(turn, events), *_remembered_place(turn, ours, events), *_remembered_dossier(turn, events))
        return [*events, SlotSet("stuck", stuck), *kept]

    def _answered(self, answer: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
        """What goes before everything a single action knows of: danger, a place asked back, a skill under way, despair."""
        if ours.vocabulary.is_urgent(turn.text):
            return refer(answer, turn, ours, is_over="reported" in turn.moves)
        if "threat" in turn.moves:
            return hand_over(answer, turn, ours, reason="threat", response="utter_threat")
        for step in (settle_dossier, settle_place, guide_skill):
            if (events := step(answer, turn, ours)) is not None:
                return events
        respond = _comfort if "distressed" in turn.moves else self.respond
        return [*put_aside(turn), *respond(answer, turn, ours)]


def _comfort(answer: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
    """What is clearly asked is answered, in despair too; else a person listens better."""
    answered = answer_if_clear(answer, turn, ours)
    return hand_over(answer, turn, ours, reason="distress", response="utter_distress") if answered is None else answered


def hear(turn: Turn, ours: Services) -> Turn:
    """The turn mended, with its moves and the facts it tells; the words that only steer are taken out of the text."""
    text = ours.reader.mend(turn.text)
    about = text if turn.about == turn.text else ours.reader.mend(turn.about)
    ranked = about if turn.ranked == turn.about else ours.reader.mend(turn.ranked)
    moves, asks, heard = ours.moves.of(text), ours.moves.asks(text), ours.facts.told(text)
    for move in _STEERING:
        text, about, ranked = (ours.moves.cut(words, move) if move in moves else words for words in (text, about, ranked))
    told = {fact: FOR_ALL if ours.facts.all[fact].scope == "person" else None for fact, is_so in heard.items() if is_so}
    kept = {fact: bound for fact, bound in turn.facts.items() if fact not in heard}
    facts = {**kept, **told}
    return replace(turn, moves=moves, asks=asks, text=text, about=about, ranked=ranked, facts=facts, told=told)


def _kind_words(before: Turn, turn: Turn, said: list[dict[str, Any]]) -> Iterator[str]:
    """Said once before an answer: condolence to the bereaved, a calm word to the angry."""
    statuses = [message.get("status") or "" for message in said]
    if "referred_emergency" in statuses:
        return
    if "deceased" in turn.facts and "deceased" not in before.facts:
        yield "utter_condolence"
    if turn.moves & {"angry", "distressed"} and "handed_over" not in statuses:
        yield "utter_calm"


def _remembered(turn: Turn, events: Events) -> Events:
    """The facts, bound to the procedure that was answered, and the topics with it."""
    slots = {event["name"]: event["value"] for event in events}
    if "facts" in slots:  # started afresh
        return []
    code = slots.get("procedure")
    facts = {fact: code if bound is None and code else bound for fact, bound in turn.facts.items()}
    topic = slots.get("life_event") or code
    topics = [*(told for told in turn.topics if told != topic), topic][-MAX_TOPICS:] if topic else list(turn.topics)
    return [SlotSet("facts", facts), SlotSet("topics", topics)]


def _remembered_place(turn: Turn, ours: Services, events: Events) -> Events:
    """The citizen's place, whatever the message was about; a reply that settled one has the last word."""
    unit = unit_of(turn, ours)
    is_told = any(event["name"] == "place" for event in events)
    return [SlotSet("place", unit.code)] if unit and not is_told else []


def _remembered_dossier(turn: Turn, events: Events) -> Events:
    """What was asked about a dossier is asked no more, once something else was said."""
    if not (turn.dossier or {}).get("asked") or any(event["name"] == "dossier" for event in events):
        return []
    return [SlotSet("dossier", {**(turn.dossier or {}), "asked": None})]
