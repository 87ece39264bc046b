"""Everything that is not a question about a procedure or a dossier: greetings, help, people, emergencies, bad input."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.procedure_actions import answer_if_clear, answer_question
from actions.replies import Events
from actions.services import Services, services
from actions.turn import read_turn

# intent → response of bot/domain/talk.yml and the status the turn ends in
SAYINGS = {
    "greet": ("utter_greet", "smalltalk"),
    "thank": ("utter_thank", "smalltalk"),
    "goodbye": ("utter_goodbye", "smalltalk"),
    "affirm": ("utter_go_on", "smalltalk"),
    "deny": ("utter_go_on", "smalltalk"),
    "ask_help": ("utter_help", "smalltalk"),
    "request_human": ("utter_person", "handed_over"),
    "complain": ("utter_complaint", "handed_over"),
    "report_emergency": ("utter_emergency", "referred_emergency"),
    "send_attachment": ("utter_attachment", "asked_for_detail"),
    "send_nothing": ("utter_nothing", "asked_for_detail"),
    "send_too_much": ("utter_too_much", "asked_for_detail"),
}


# These say nothing that could be taken for a question; an emergency gets the numbers to call and nothing else.
NEVER_A_QUESTION = ("affirm", "deny", "send_attachment", "send_nothing", "send_too_much")


MIN_TO_SAY = 0.5  # below it the message is looked up like any other: "sổ đỏ" is no yes, "trợ cấp" no emergency


class ActionSay(Action):
    """The fixed reply of an intent, unless the message is clearly a question about a procedure."""

    def __init__(self, collaborators: Services | None = None) -> None:
        self._given = collaborators

    def name(self) -> str:
        """Its name in the domain."""
        return "action_say"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Called by rasa-sdk."""
        turn, ours = read_turn(tracker), self._given or services()
        response, status = SAYINGS.get(turn.intent, ("utter_help", "smalltalk"))
        if turn.confidence < MIN_TO_SAY and turn.intent not in NEVER_A_QUESTION[2:]:
            return answer_question(dispatcher, turn, ours)
        is_question = turn.intent not in NEVER_A_QUESTION and status != "referred_emergency"
        if is_question and (answered := answer_if_clear(dispatcher, turn, ours)):
            return answered
        dispatcher.utter_message(response=response, status=status)
        return []


class ActionForgetTopic(Action):
    """Starts afresh: forgets the procedure, the sections and what was offered."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_forget_topic"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Called by rasa-sdk."""
        dispatcher.utter_message(response="utter_restarted", status="smalltalk")
        return [SlotSet("procedure", None), SlotSet("sections", None), SlotSet("offered", None)]
