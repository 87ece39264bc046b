"""Dossier status by code. A code alone tells the stage and the dates, never whose dossier it is."""

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answering import answer_if_clear
from actions.replies import Events
from actions.services import Services, services
from actions.tracing import traced
from actions.turn import Turn, read_turn
from actions.turn_action import hear
from motcua.dossiers.registry import Dossier, RegistryUnavailable

MIN_TO_BE_SURE = 0.9  # below it a story about papers may have been taken for a dossier


class ActionCheckDossier(Action):
    """Looks a dossier up and says how far it has come."""

    def __init__(self, collaborators: Services | None = None) -> None:
        self._given = collaborators

    def name(self) -> str:
        """Its name in the domain."""
        return "action_check_dossier"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Called by rasa-sdk."""
        ours = self._given or services()
        with traced(dispatcher, ours.procedures, ours.index_digest):
            return self._look_up(dispatcher, hear(read_turn(tracker), ours), ours)

    def _look_up(self, dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
        code = turn.first("dossier_code")
        if code is None:
            asks_a_section = bool(ours.vocabulary.sections_in(turn.text)) or turn.confidence < MIN_TO_BE_SURE
            if asks_a_section and (answered := answer_if_clear(dispatcher, turn, ours)):
                return answered
            dispatcher.utter_message(response="utter_ask_dossier_code", status="asked_for_detail")
            return []
        try:
            dossier = ours.registry.find(code)
        except RegistryUnavailable:
            dispatcher.utter_message(response="utter_registry_unavailable", status="failed_registry")
            return []
        if dossier is None:
            dispatcher.utter_message(response="utter_dossier_unknown", code=code, status="answered_dossier")
            return []
        _tell(dispatcher, ours, dossier)
        return []


def _tell(dispatcher: CollectingDispatcher, ours: Services, dossier: Dossier) -> None:
    known = dossier.procedure in ours.procedures
    dispatcher.utter_message(
        response=f"utter_dossier_{dossier.stage}",
        code=dossier.code,
        procedure_name=ours.procedures[dossier.procedure].name if known else dossier.procedure,
        received_on=f"{dossier.received_on:%d/%m/%Y}",
        due_on=f"{dossier.due_on:%d/%m/%Y}",
        status="answered_dossier",
        procedures=[dossier.procedure],
    )
