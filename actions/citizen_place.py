"""The citizen's ward or commune in a turn."""

from actions.services import Services
from actions.turn import Turn
from motcua.places.units import Unit


def unit_of(turn: Turn, ours: Services) -> Unit | None:
    """The citizen's ward or commune: named in this turn, or in an earlier one."""
    for name in (turn.first("place"), turn.said.strip(), turn.place):
        units = ours.places.find(name or "")
        if len(units) == 1:
            return units[0]
    return None


def is_a_place(turn: Turn, ours: Services) -> bool:
    """Whether the whole message is the name of a place."""
    return bool(ours.places.find(turn.said.strip()))
