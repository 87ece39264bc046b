"""Dossiers: how far one has come, and being told when it moves on."""

from abc import ABC
from concurrent.futures import Executor

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_if_clear
from actions.dossier_answers import answer_about, names_a_number, remember
from actions.dossier_following import ask_to_follow, stop_following
from actions.replies import Events
from actions.services import Services
from actions.turn import Turn, read_turn
from actions.turn_action import TurnAction
from motcua.dossiers.second_factor import NUMBERS

MIN_TO_BE_SURE = 0.9  # below it a story about papers may have been taken for a dossier


class DossierAction(TurnAction, ABC):
    """An action that may wait for the registry: apart from the others, so that no question waits with it."""

    def threads(self, tracker: Tracker) -> Executor | None:
        """Apart, unless a procedure may be looked up as well."""
        return None if self.asks_registry_only(tracker) else super().threads(tracker)

    def asks_registry_only(self, tracker: Tracker) -> bool:
        """Whether this turn looks nothing up but dossiers."""
        return True


class ActionCheckDossier(DossierAction):
    """Looks a dossier up and says how far it has come."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_check_dossier"

    def asks_registry_only(self, tracker: Tracker) -> bool:
        """A code or a number is no question about a procedure."""
        return bool({"dossier_code", *NUMBERS} & set(read_turn(tracker).entities))

    def respond(self, dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
        """By the code typed, else by the dossier in hand; without either the code is asked for."""
        before = turn.dossier or {}
        code = turn.first("dossier_code")
        if code and before.get("asked") == "code_to_follow":
            return ask_to_follow(dispatcher, turn, ours, code)
        if code is None and not names_a_number(turn):
            asks_a_section = bool(ours.vocabulary.sections_in(turn.text)) or turn.confidence < MIN_TO_BE_SURE
            is_told = {"progress", "no_code"} & turn.moves  # "hồ sơ xin phép xây dựng tới đâu rồi"
            if asks_a_section and not is_told and (answered := answer_if_clear(dispatcher, turn, ours)):
                return answered
        is_without = code is None and "no_code" in turn.moves
        if not is_without and (code := code or before.get("code")):
            return answer_about(dispatcher, turn, ours, code)
        response = "utter_no_dossier_code" if is_without else "utter_ask_dossier_code"
        dispatcher.utter_message(response=response, status="asked_for_detail")
        return []


class ActionFollowDossier(DossierAction):
    """Offers to tell news of a dossier."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_follow_dossier"

    def respond(self, dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
        """Asks for consent, or first for the code."""
        if code := turn.first("dossier_code") or (turn.dossier or {}).get("code"):
            return ask_to_follow(dispatcher, turn, ours, code)
        dispatcher.utter_message(response="utter_ask_dossier_code", status="asked_for_detail")
        return remember(None, asked="code_to_follow")


class ActionUnfollowDossier(DossierAction):
    """Ends the telling of news."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_unfollow_dossier"

    def respond(self, dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
        """At any time, whatever was asked before."""
        return stop_following(dispatcher, turn, ours)
