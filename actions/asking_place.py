"""Asking back which place is meant."""

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services
from actions.turn import Events
from motcua.places.resolver import Ambiguous, Answer, Choice


def ask_place(dispatcher: CollectingDispatcher, ours: Services, found: Answer, *, wording: str, asked: str) -> Events:
    """Asks which place a wording means; `asked` is what the conversation goes on with once it is clear."""
    question = found if isinstance(found, Ambiguous) else Ambiguous((), "area")
    offered = choices_of(question)
    titles = [ours.answers.tell("places/choice", choice=choice) for choice in offered]
    area = question.area or ""
    dispatcher.utter_message(
        response=_response(question),
        choices="\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1)) if titles[1:] else "".join(titles),
        area=area[:1].upper() + area[1:],
        units=", ".join(unit.full_name for unit in question.units),
        status="asked_for_detail",
        offered=[{"code": choice.unit.code, "title": title} for choice, title in zip(offered, titles, strict=True)],
    )
    return [SlotSet("place_asked", {"wording": wording, "asked": asked})]


def choices_of(found: Answer) -> tuple[Choice, ...]:
    """The choices that are put before the citizen; the one unit named like a large area says nothing of the others."""
    if not isinstance(found, Ambiguous) or len(found.units) > len(found.choices):
        return ()
    return found.choices


def _response(found: Ambiguous) -> str:
    if found.units:
        return "utter_ask_place_in" if choices_of(found) else "utter_ask_place_in_large"
    if len(found.choices) > 1:
        return "utter_ask_place_which"
    if found.choices:
        return "utter_ask_place_or_elsewhere" if found.area else "utter_ask_place_sure"
    return "utter_ask_place"
