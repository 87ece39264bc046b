"""Moves of a conversation: back to an earlier topic, none of the choices, another case, a paper that is missing."""

from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.citizen_place import unit_of
from actions.in_hand import called
from actions.services import Services
from actions.turn import Events, Turn, asked_sections


def follow_move(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The answer to a move, None where the message makes none that fits the conversation."""
    if "none_fits" in turn.moves and turn.offered:
        return replies.none_fits(dispatcher, turn, ours)
    if "back" in turn.moves and (topic := _earlier_topic(turn, ours)):
        return _open(dispatcher, turn, ours, topic)
    if turn.procedure not in ours.guides:
        return None
    guide, unit = ours.guides[turn.procedure], unit_of(turn, ours)
    if "missing_paper" in turn.moves:
        return replies.answer(dispatcher, ours, guide, turn=turn, sections=("missing_paper",), unit=unit)
    if "unsure" in turn.moves and set(turn.sections) & {"papers", "checklist"} and not _says_more(turn, ours):
        return replies.answer(dispatcher, ours, guide, turn=turn, sections=("papers",), unit=unit, in_all_cases=True)
    return None


def _earlier_topic(turn: Turn, ours: Services) -> str | None:
    """The topic named among the earlier ones; where none is named, the one before the present."""
    present = turn.life_event or turn.procedure
    known = [topic for topic in turn.topics if ours.knows(topic)]
    said = set(ours.vocabulary.content(turn.about))
    if not said:
        return next((topic for topic in reversed(known) if topic != present), None)
    shared = {topic: len(said & called(topic, ours)) for topic in known}
    best = max(shared, key=lambda topic: shared[topic], default=None)
    return best if best and shared[best] * 2 >= len(said) else None


def _open(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, topic: str) -> Events:
    unit = unit_of(turn, ours)
    if topic in ours.life_events:
        return replies.tell_life_event(dispatcher, ours, topic, unit=unit)
    sections = asked_sections(turn, ours.vocabulary)
    return replies.answer(dispatcher, ours, ours.procedures[topic], turn=turn, sections=sections, unit=unit)


def _says_more(turn: Turn, ours: Services) -> bool:
    return bool(ours.vocabulary.content(ours.moves.cut(turn.about, "unsure")))
