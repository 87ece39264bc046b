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
        sections = asked_sections(turn, ours.vocabulary)
        if code := _named_code(turn, ours) or _named_choice(turn, ours):
            return replies.answer(dispatcher, ours, ours.guides[code], sections=_continued(turn, sections))
        about = ours.vocabulary.content(turn.about)
        if not about:
            return _about_nothing(dispatcher, turn, ours, sections)
        return _about_something(dispatcher, turn, ours, sections)


class ActionPickChoice(Action):
    """Takes one of the procedures offered, by its number or its name."""

    def __init__(self, collaborators: Services | None = None) -> None:
        self._given = collaborators

    def name(self) -> str:
        """Its name in the domain."""
        return "action_pick_choice"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Called by rasa-sdk."""
        turn, ours = read_turn(tracker), self._given or services()
        if not turn.offered:
            return replies.ask_for_procedure(dispatcher, sections=turn.sections)
        sections = turn.sections or ("overview",)
        if number := choice_number(turn.text, len(turn.offered)):
            guide = ours.guides[turn.offered[number - 1]]
            return replies.answer(dispatcher, ours, guide, sections=sections)
        if code := _named_choice(turn, ours):
            return replies.answer(dispatcher, ours, ours.guides[code], sections=sections)
        return replies.offer(dispatcher, ours, turn.offered, sections=sections)


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
        wanted = ours.vocabulary.corrected(turn.text)
        sections = turn.sections or ("overview",)
        if not wanted:
            return replies.ask_for_procedure(dispatcher, sections=sections)
        ranked = [found for found in ours.retriever.rank(" ".join(wanted), wanted) if found.code != turn.procedure]
        return _reply(dispatcher, ours, decide(ranked), sections=sections)


def answer_if_clear(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The answer to a message held for something else, if it is clearly about a procedure; None if it is not."""
    about = ours.vocabulary.content(turn.about)
    decision = decide(ours.retriever.rank(turn.about, about)) if about else None
    if decision is None or decision.kind != "answer" or decision.candidates[0].chance < MIN_AGAINST_INTENT:
        return None
    sections = asked_sections(turn, ours.vocabulary)
    return _reply(dispatcher, ours, decision, sections=sections, unit=_unit(turn, ours))


def _about_nothing(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, sections: tuple[str, ...]) -> Events:
    if turn.procedure is None or turn.procedure not in ours.guides:
        return replies.ask_for_procedure(dispatcher, sections=sections)
    return replies.answer(dispatcher, ours, ours.guides[turn.procedure], sections=sections, unit=_unit(turn, ours))


def _about_something(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, sections: tuple[str, ...]) -> Events:
    ranked = ours.retriever.rank(turn.about, ours.vocabulary.content(turn.about))
    decision = decide(ranked)
    if _stays(turn, ours, decision, sections):
        return _about_nothing(dispatcher, turn, ours, sections)
    if turn.intent == "out_of_scope" and (not ranked or ranked[0].chance < MIN_AGAINST_INTENT):
        return replies.decline(dispatcher, out_of_scope=True)
    return _reply(dispatcher, ours, decision, sections=sections, unit=_unit(turn, ours))


def _stays(turn: Turn, ours: Services, decision: Decision, sections: tuple[str, ...]) -> bool:
    """Whether a question about a section, with other words in it, is still about the procedure in hand."""
    if turn.procedure not in ours.guides or sections == ("overview",) or turn.intent == "out_of_scope":
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
        return replies.answer(dispatcher, ours, ours.guides[best], sections=sections, unit=unit, runners_up=others)
    if decision.kind == "ask_which":
        return replies.ask_which(dispatcher, ours, decision, sections=sections)
    return replies.decline(dispatcher, out_of_scope=False)


def _named_code(turn: Turn, ours: Services) -> str | None:
    code = turn.first("procedure_code")
    return code if code in ours.guides else None


def _named_choice(turn: Turn, ours: Services) -> str | None:
    """The one offered procedure whose name holds more of what was said than any other's."""
    said = set(ours.vocabulary.content(turn.about))
    if not said:
        return None
    shared = {code: len(said & set(terms(ours.guides[code].name))) for code in turn.offered}
    best = [code for code, count in shared.items() if count == max(shared.values())]
    fits = len(best) == 1 and shared[best[0]] == len(said)
    return best[0] if fits else None


def _continued(turn: Turn, sections: tuple[str, ...]) -> tuple[str, ...]:
    """A choice made by name answers what was asked before it."""
    return turn.sections if sections == ("overview",) and turn.offered and turn.sections else sections


def _unit(turn: Turn, ours: Services) -> Unit | None:
    units = ours.places.find(turn.first("place") or "")
    return units[0] if len(units) == 1 else None
