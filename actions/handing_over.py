"""Handing a conversation over: what is said, and what the person who takes it should know. The gateway keeps the queue."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.citizen_place import unit_of
from actions.services import Services
from actions.turn import Events, Turn

MAX_STUCK = 2  # turns in a row that led nowhere; the second one is handed over
# What is said where the assistant could not make out what is wanted. What is out of scope, staff cannot help with either.
_LED_NOWHERE = {"utter_no_guide", "utter_ask_for_procedure", "utter_tell_more"}


def hand_over(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, *, reason: str, response: str) -> Events:
    """Says that a person is wanted, why, and what the conversation was about; of the citizen only facts of the closed list."""
    unit = unit_of(turn, ours)
    handover = {"reason": reason, "place": unit.code if unit else None, "summary": _summary(turn, ours)}
    dispatcher.utter_message(response=response, status="handed_over", handover=handover)
    return []


def is_stuck(messages: Sequence[Mapping[str, Any]], turn: Turn) -> bool:
    """Whether a turn led nowhere, be it to the choices that were there already."""
    asked = [message for message in messages if message.get("status") in ("asked_which_procedure", "declined_no_guide")]
    offered = [[choice["code"] for choice in message.get("offered") or ()] for message in asked]
    is_again = bool(turn.offered) and list(turn.offered) in offered
    return is_again or any(message.get("response") in _LED_NOWHERE for message in messages)


def _summary(turn: Turn, ours: Services) -> dict[str, Any]:
    code = turn.procedure if turn.procedure in ours.procedures else None
    unit = unit_of(turn, ours)
    skill = ours.digital_skills.get(str(turn.skill.get("id"))) if turn.skill else None
    about = f"{ours.name_of(code)} ({code})" if code else skill.name if skill else None
    facts = turn.facts_for(code) if code else turn.facts
    return {
        "procedure": about,
        "section": turn.sections[0] if code and turn.sections else None,
        "facts": [ours.facts.all[name].label for name in facts if name in ours.facts.all],
        "place": unit.full_name if unit else None,
    }
