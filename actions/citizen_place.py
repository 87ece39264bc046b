"""The citizen's ward or commune in a turn."""

from actions.services import Services
from actions.turn import Turn
from motcua.places.resolver import Ambiguous, Answer, Resolved, Unknown
from motcua.places.units import Unit
from motcua.vietnamese.terms import terms


def named_place(turn: Turn, ours: Services) -> Answer:
    """What the place named in this turn means: the whole message, where it is nothing else, or its entity."""
    whole = ours.resolver.resolve(turn.said)
    return whole if _is_surely_a_place(whole, turn) else ours.resolver.resolve(turn.first("place") or "")


def unit_of(turn: Turn, ours: Services) -> Unit | None:
    """The citizen's ward or commune: named in this turn, or in an earlier one."""
    match named_place(turn, ours):
        case Resolved(unit=unit):
            return unit
        case Ambiguous():
            return None
    return ours.places.unit(turn.place)


def is_a_place(turn: Turn, ours: Services) -> bool:
    """Whether the whole message is the name of a place."""
    return _is_surely_a_place(ours.resolver.resolve(turn.said), turn)


def _is_surely_a_place(answer: Answer, turn: Turn) -> bool:
    """A word like "hồ", and what a slip makes like a name, is no place unless one was asked for."""
    if isinstance(answer, Ambiguous) and answer.why == "not_sure":
        return False
    return answer != Unknown() and len(terms(turn.said)) > 1
