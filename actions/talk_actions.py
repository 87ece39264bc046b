"""Everything that is not a question about a procedure or a dossier: greetings, help, people, emergencies, bad input."""

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.answering import MIN_AGAINST_INTENT, about_procedure_in_hand, answer_if_clear, answer_question, by_choice
from actions.choosing import is_short, pick_case, pick_offered
from actions.correcting import correct, is_correction
from actions.danger import refer
from actions.handing_over import hand_over
from actions.in_hand import MIN_TO_STAY, asks_a_section
from actions.moving import follow_move
from actions.replies import Events
from actions.services import Services
from actions.turn import Turn, asked_sections
from actions.turn_action import TurnAction
from motcua.procedures.choosing import is_only_a_choice
from motcua.retrieval.decision import MIN_TO_ANSWER

# intent → response of bot/domain/talk.yml, and the status the turn ends in
SAYINGS = {
    "greet": ("utter_greet", "smalltalk"),
    "thank": ("utter_thank", "smalltalk"),
    "goodbye": ("utter_goodbye", "smalltalk"),
    "affirm": ("utter_go_on", "smalltalk"),
    "deny": ("utter_go_on", "smalltalk"),
    "ask_help": ("utter_help", "smalltalk"),
    "send_attachment": ("utter_attachment", "asked_for_detail"),
    "send_nothing": ("utter_nothing", "asked_for_detail"),
    "send_too_much": ("utter_too_much", "asked_for_detail"),
}
# intent → why a person is wanted, and what is said
HANDED_OVER = {"request_human": ("asked", "utter_person"), "complain": ("complaint", "utter_complaint")}

NOTHING_TO_READ = ("send_attachment", "send_nothing", "send_too_much")
NEVER_A_QUESTION = ("affirm", "deny", *NOTHING_TO_READ)  # about another procedure, unless a no says which
ASKED_BESIDE = ("affirm", "deny", "thank", "greet", "goodbye", "complain")  # with which a section may be asked for

FORGOTTEN = (
    "procedure", "sections", "offered", "labels", "pair", "topics", "life_event", "facts", "cases_offered", "cases",
    "asked_case", "none_fitted", "dossier", "skill",
)  # fmt: skip
MIN_TO_SAY = 0.5  # below it the message is looked up like any other: "sổ đỏ" is no yes, "trợ cấp" no emergency


class ActionSay(TurnAction):
    """The fixed reply of an intent, unless the message is clearly a question about a procedure."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_say"

    def respond(self, dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
        """Says it."""
        response, status = SAYINGS.get(turn.intent, ("utter_help", "smalltalk"))
        if turn.intent == "deny" and is_correction(turn, ours):
            return correct(dispatcher, turn, ours)
        if turn.intent != "report_emergency" and (events := _continued(dispatcher, turn, ours)) is not None:
            return events
        if turn.confidence < MIN_TO_SAY and turn.intent not in NOTHING_TO_READ:
            return answer_question(dispatcher, turn, ours)
        if turn.intent == "report_emergency":
            return refer(dispatcher, turn, ours, is_over=bool(ours.vocabulary.sections_in(turn.text)))
        is_question = turn.intent not in NEVER_A_QUESTION
        minimum = MIN_TO_ANSWER if ours.vocabulary.sections_in(turn.text) else MIN_AGAINST_INTENT
        if is_question and (answered := answer_if_clear(dispatcher, turn, ours, minimum=minimum)):
            return answered
        if turn.intent in ASKED_BESIDE and _asks_about_procedure_in_hand(turn, ours):
            return about_procedure_in_hand(dispatcher, turn, ours)
        if turn.intent in HANDED_OVER:
            reason, response = HANDED_OVER[turn.intent]
            return hand_over(dispatcher, turn, ours, reason=reason, response=response)
        dispatcher.utter_message(response=response, status=status)
        return []


def _continued(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """What a yes, a no or a sigh means for the choices before the citizen."""
    for step in (pick_case, follow_move):
        if (events := step(dispatcher, turn, ours)) is not None:
            return events
    if turn.intent in ("affirm", "deny") and turn.offered:
        if (events := pick_offered(dispatcher, turn, ours)) is not None:
            return events
        is_refused = turn.intent == "deny" and turn.life_event is None and is_short(turn)
        return replies.none_fits(dispatcher, turn, ours) if is_refused else None
    return None


def _asks_about_procedure_in_hand(turn: Turn, ours: Services) -> bool:
    """Whether a section of the procedure in hand is asked for besides: "vâng thế lệ phí bao nhiêu, em cảm ơn"."""
    named = set(ours.vocabulary.sections_in(turn.text)) & {*asked_sections(turn, ours.vocabulary)}
    is_plain = bool(named) or (turn.asks and asks_a_section(turn, MIN_TO_STAY))
    return turn.procedure in ours.procedures and is_plain and is_short(turn)


class ActionForgetTopic(TurnAction):
    """Starts afresh: forgets all but the citizen's place. A way back or a choice taken for that is followed."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_forget_topic"

    def respond(self, dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
        """Forgets."""
        for step in () if "start_over" in turn.moves else (pick_case, follow_move, by_choice):
            if (events := step(dispatcher, turn, ours)) is not None:
                return events
        if "back" in turn.moves or is_only_a_choice(turn.text):
            return replies.ask_for_procedure(dispatcher, sections=turn.sections)
        if "start_over" not in turn.moves and (events := answer_if_clear(dispatcher, turn, ours, minimum=MIN_TO_ANSWER)):
            return events  # "chuyển quán sang phố khác"
        dispatcher.utter_message(response="utter_restarted", status="smalltalk")
        return [SlotSet(name, None) for name in FORGOTTEN]
