"""Questions about procedures, choices from a list, and corrections."""

from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.answering import answer_if_clear, answer_question, by_choice
from actions.choosing import offer_again, pick_case, pick_offered
from actions.correcting import correct
from actions.moving import follow_move
from actions.replies import Events
from actions.services import Services
from actions.turn import Turn
from actions.turn_action import TurnAction


class ActionAnswerProcedure(TurnAction):
    """Answers a question about a procedure, named in this turn or earlier."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_answer_procedure"

    def respond(self, dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
        """Answers."""
        return answer_question(dispatcher, turn, ours)


class ActionPickChoice(TurnAction):
    """Takes what was offered, by its number; what names none of them is read as a question."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_pick_choice"

    def respond(self, dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
        """Answers what was chosen, or offers the same again."""
        for step in (pick_case, follow_move, pick_offered):
            if (events := step(dispatcher, turn, ours)) is not None:
                return events
        if answered := answer_if_clear(dispatcher, turn, ours) or offer_again(dispatcher, turn, ours):
            return answered
        if turn.procedure in ours.procedures:  # "số 1 với số 2 khác gì nhau"
            return replies.decline_in_hand(dispatcher, turn, ours)
        return replies.ask_for_procedure(dispatcher, sections=turn.sections)


class ActionCorrectProcedure(TurnAction):
    """Takes back the procedure in hand: "không, ý tôi là tạm trú"."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_correct_procedure"

    def respond(self, dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
        """Goes over to what is named instead."""
        for step in (pick_case, follow_move, by_choice):
            if (events := step(dispatcher, turn, ours)) is not None:
                return events
        return correct(dispatcher, turn, ours)
