"""Danger: the numbers to call come first, and alone unless it is over and something is plainly asked."""

from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_if_clear
from actions.services import Services
from actions.turn import Events, Turn


def refer(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, *, is_over: bool) -> Events:
    """Says the numbers; where it is over also the answer, which the turn then ends in."""
    after = CollectingDispatcher()
    answered = answer_if_clear(after, turn, ours) if is_over else None
    if answered is None:
        dispatcher.utter_message(response="utter_emergency", status="referred_emergency")
        return []
    dispatcher.utter_message(response="utter_emergency")
    dispatcher.messages += after.messages
    return answered
