"""Questions about procedures: answer from the guide, ask which, or decline."""

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import replies
from actions.replies import Events
from actions.services import Services, services
from actions.turn import Turn, asked_sections, read_turn
from motcua.places.units import Unit
from motcua.retrieval.decision import Decision, decide
from motcua.vietnamese.numbers import choice_number
from motcua.vietnamese.terms import terms

# A question the classifier holds for small talk must be that much clearer about its procedure to be answered.
MIN_AGAINST_INTENT = 0.75
# A follow-up keeps to the procedure in hand unless another one is this much likelier.
MIN_TO_CHANGE_TOPIC = 0.25


class ActionAnswerProcedure(Action):
    """Answers a question about a procedure, named in this turn or earlier."""

    def __init__(self, collaborators: Services | None = None) -> None:
        self._given = collaborators

    def name(self) -> str:
        """Its name in the domain."""
        return "action_answer_procedure"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Called by rasa-sdk."""
        turn, ours = read_turn(tracker), self._given or services()
        return answer_question(dispatcher, turn, ours)


class ActionPickChoice(Action):
    """Takes one of the procedures offered, by its number; what names none of them is read as a question."""

    def __init__(self, collaborators: Services | None = None) -> None:
        self._given = collaborators

    def name(self) -> str:
        """Its name in the domain."""
        return "action_pick_choice"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Called by rasa-sdk."""
        turn, ours = read_turn(tracker), self._given or services()
        sections, unit = _asked_or_pending(turn, ours), _unit(turn, ours)
        left = [code for code in turn.offered if code in ours.procedures]  # a guide may be retired between two turns
        if not left:
            return answer_if_clear(dispatcher, turn, ours) or replies.ask_for_procedure(dispatcher, sections=turn.sections)
        number = choice_number(turn.text, len(turn.offered))
        if number and turn.offered[number - 1] in ours.procedures:
            return replies.answer(dispatcher, ours, ours.procedures[turn.offered[number - 1]], sections=sections, unit=unit)
        if _named_choice(turn, ours):
            return answer_question(dispatcher, turn, ours)
        clear = answer_if_clear(dispatcher, turn, ours)
        return clear or replies.offer(dispatcher, ours, left, sections=sections, unit=unit)


class ActionCorrectProcedure(Action):
    """Takes back the procedure in hand: "không, ý tôi là tạm trú"."""

    def __init__(self, collaborators: Services | None = None) -> None:
        self._given = collaborators

    def name(self) -> str:
        """Its name in the domain."""
        return "action_correct_procedure"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Called by rasa-sdk."""
        turn, ours = read_turn(tracker), self._given or services()
        wanted = ours.vocabulary.corrected(turn.about)
        sections = turn.sections or ("overview",)
        if code := _named_code(turn, ours):
            return replies.answer(dispatcher, ours, ours.procedures[code], sections=sections)
        if not wanted:
            return replies.ask_for_procedure(dispatcher, sections=sections)
        ranked = [found for found in ours.retriever.rank(" ".join(wanted), wanted) if found.code != turn.procedure]
        return _reply(dispatcher, ours, decide(ranked), sections=sections, unit=_unit(turn, ours))


def answer_question(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
    """The answer to a question, wherever its procedure is named: by code, as a choice, in words, or in an earlier turn."""
    unit = _unit(turn, ours)
    if code := _named_code(turn, ours) or _named_choice(turn, ours):
        return replies.answer(dispatcher, ours, ours.procedures[code], sections=_asked_or_pending(turn, ours), unit=unit)
    about = _about(turn, ours)
    if not about:
        return _about_procedure_in_hand(dispatcher, turn, ours)
    decision = decide(ours.retriever.rank(turn.about, about))
    sections = asked_sections(turn, ours.vocabulary)
    if _stays(turn, ours, decision, sections):
        return _about_procedure_in_hand(dispatcher, turn, ours)
    if turn.intent == "out_of_scope" and not _is_clear(decision):
        return replies.decline(dispatcher, out_of_scope=True)
    if turn.procedure is None:
        sections = _asked_or_pending(turn, ours)  # "bao nhiêu tiền" – "việc gì ạ?" – "làm khai sinh"
    return _reply(dispatcher, ours, decision, sections=sections, unit=unit)


def answer_if_clear(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The answer to a message held for something else, if it is clearly about a procedure; None if it is not."""
    if turn.procedure in ours.procedures and _is_a_place(turn, ours):
        return _about_procedure_in_hand(dispatcher, turn, ours)
    about = _about(turn, ours)
    decision = decide(ours.retriever.rank(turn.about, about)) if about else None
    if decision is None or not _is_clear(decision):
        return None
    return _reply(dispatcher, ours, decision, sections=asked_sections(turn, ours.vocabulary), unit=_unit(turn, ours))


def _is_clear(decision: Decision) -> bool:
    """Whether a procedure stands out enough to answer against the intent."""
    return decision.kind == "answer" and decision.candidates[0].chance >= MIN_AGAINST_INTENT


def _is_a_place(turn: Turn, ours: Services) -> bool:
    """Whether the whole message is the name of a place."""
    return bool(ours.places.find(turn.text.strip()))


def _about(turn: Turn, ours: Services) -> list[str]:
    """The terms by which a procedure may be recognised; none where the whole message is a place."""
    return [] if _is_a_place(turn, ours) else ours.vocabulary.content(turn.about)


def _about_procedure_in_hand(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
    if turn.procedure not in ours.procedures:
        return replies.ask_for_procedure(dispatcher, sections=asked_sections(turn, ours.vocabulary))
    sections = asked_sections(turn, ours.vocabulary)
    if sections == ("overview",) and (turn.first("place") or _is_a_place(turn, ours)):
        sections = ("place",)
    return replies.answer(dispatcher, ours, ours.procedures[turn.procedure], sections=sections, unit=_unit(turn, ours))


def _stays(turn: Turn, ours: Services, decision: Decision, sections: tuple[str, ...]) -> bool:
    """Whether a question about a section, with other words in it, is still about the procedure in hand."""
    if turn.procedure not in ours.procedures or sections == ("overview",) or turn.intent == "out_of_scope":
        return False
    if decision.kind == "decline":
        return bool(ours.vocabulary.sections_in(turn.text))
    current = next((found.chance for found in decision.candidates if found.code == turn.procedure), 0.0)
    return current > 0 and decision.candidates[0].chance - current < MIN_TO_CHANGE_TOPIC


def _reply(
    dispatcher: CollectingDispatcher, ours: Services, decision: Decision, *, sections: tuple[str, ...], unit: Unit | None = None
) -> Events:
    if decision.kind == "answer":
        best, *others = decision.codes
        return replies.answer(dispatcher, ours, ours.procedures[best], sections=sections, unit=unit, runners_up=others)
    if decision.kind == "ask_which":
        return replies.offer(dispatcher, ours, decision.codes, sections=sections, unit=unit)
    return replies.decline(dispatcher, out_of_scope=False)


def _named_code(turn: Turn, ours: Services) -> str | None:
    code = turn.first("procedure_code")
    return code if code in ours.procedures else None


def _named_choice(turn: Turn, ours: Services) -> str | None:
    """The one offered procedure whose name holds more of what was said than any other's."""
    said = set(ours.vocabulary.content(turn.about))
    if not said:
        return None
    shared = {code: len(said & set(terms(ours.procedures[code].name))) for code in turn.offered if code in ours.procedures}
    best = [code for code, count in shared.items() if count == max(shared.values())]
    fits = len(best) == 1 and shared[best[0]] == len(said)
    return best[0] if fits else None


def _asked_or_pending(turn: Turn, ours: Services) -> tuple[str, ...]:
    """The sections this turn asks for; if it asks for none, those that an earlier turn was left waiting for."""
    asked = asked_sections(turn, ours.vocabulary)
    return turn.sections if asked == ("overview",) and turn.sections else asked


def _unit(turn: Turn, ours: Services) -> Unit | None:
    """The citizen's ward or commune: named in this turn, or in an earlier one."""
    for name in (turn.first("place"), turn.text.strip(), turn.place):
        units = ours.places.find(name or "")
        if len(units) == 1:
            return units[0]
    return None
