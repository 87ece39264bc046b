"""Questions about a place itself: where its centre is, when it is open, what an old commune is called today."""

from dataclasses import replace
from datetime import date

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asking_place import ask_place, choices_of
from actions.choosing import answer_each
from actions.citizen_place import is_a_place, named_place
from actions.services import Services
from actions.turn import Events, Turn, asked_sections
from motcua.places.resolver import Ambiguous, Answer, Choice, Resolved, Unknown
from motcua.procedures.choosing import chosen, is_only_a_choice
from motcua.vietnamese.terms import terms

# Said to "Anh/Chị ở … phải không?", beside what the intents tell.
_YES = frozenset(terms("đúng rồi phải vâng dạ ừ ok chuẩn thế ạ nhé đấy"))
_PROCEDURE = "procedure"  # what goes on with the section of the procedure in hand


def by_place(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The answer about a place or its centre, where the message asks of nothing else."""
    asked, found = ours.place_questions.of(turn.text), named_place(turn, ours)
    if _says_more(turn, ours):
        return None
    is_only_named = found != Unknown() and turn.procedure not in ours.procedures and not turn.offered
    if not asked and is_only_named and asked_sections(turn, ours.vocabulary) in (("overview",), ("place",)):
        asked = ["centre"]
    if not asked or (asked[0] == "today" and found == Unknown()):
        return None
    return _tell(dispatcher, turn, ours, found, asked=asked[0], wording=turn.first("place") or turn.said)


def is_about_a_place(turn: Turn, ours: Services) -> bool:
    """Whether a message held for small talk names a place, or asks for hours: what greets or takes leave does not."""
    return named_place(turn, ours) != Unknown() or bool({"mobile", "hours"} & set(ours.place_questions.of(turn.text)))


def settle_place(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """What was asked, now that the place asked back is told; the question again where it is not clear yet."""
    if not turn.place_asked:
        return None
    wording, asked = turn.place_asked["wording"], turn.place_asked["asked"]
    choices = choices_of(ours.resolver.resolve(wording))
    said = terms(turn.text)
    if taken := _taken(turn, choices):
        return _go_on(dispatcher, turn, ours, Resolved(taken.unit, taken.old), asked=asked)
    if said[:1] == ["khong"] and len(said) <= 3:
        return ask_place(dispatcher, ours, Unknown(), wording="", asked=asked)
    named = turn.first("place") or turn.said
    found = _narrowed(named, wording, ours)
    if found == Unknown() or (turn.first("place") and _says_more(turn, ours)):
        return None
    if isinstance(found, Resolved):
        return _go_on(dispatcher, turn, ours, found, asked=asked)
    return ask_place(dispatcher, ours, found, wording=named, asked=asked)


def _taken(turn: Turn, choices: tuple[Choice, ...]) -> Choice | None:
    if is_only_a_choice(turn.text) and (numbers := chosen(turn.text, len(choices))):
        return choices[numbers[0] - 1]
    is_yes = turn.intent == "affirm" or set(terms(turn.text)) <= _YES
    return choices[0] if is_yes and len(choices) == 1 else None


def _narrowed(said: str, before: str, ours: Services) -> Answer:
    """What a second wording means: with the first ("Hiệp Hòa" after "Đồng Tiến", or the other way round), else by itself."""
    for wording in (f"{said}, {before}", f"{before}, {said}") if before else ():
        if isinstance(answer := ours.resolver.resolve(wording), Resolved):
            return answer
    return ours.resolver.resolve(said)


def _go_on(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, found: Resolved, *, asked: str) -> Events:
    settled = replace(turn, said="", text="", about="", entities={}, place=found.unit.code, place_asked=None)
    place = [SlotSet("place_asked", None), SlotSet("place", found.unit.code)]
    if asked != _PROCEDURE:
        return [*place, *_tell(dispatcher, settled, ours, found, asked=asked, wording="")]
    codes = [code for code in (turn.procedure, turn.pair) if code in ours.procedures]
    if not codes:  # a guide may be retired between two turns
        return [*place, *_tell(dispatcher, settled, ours, found, asked="centre", wording="")]
    return [*place, *answer_each(dispatcher, settled, ours, codes, sections=turn.sections)]


def _tell(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, found: Answer, *, asked: str, wording: str) -> Events:
    unit = found.unit if isinstance(found, Resolved) else ours.places.unit(turn.place)
    if asked != "mobile" and (isinstance(found, Ambiguous) or (asked == "centre" and unit is None)):
        return ask_place(dispatcher, ours, found, wording=wording, asked=asked)
    old = found.old if isinstance(found, Resolved) else None
    facts = {"unit": unit, "old": old, "asked_today": asked == "today"}
    if asked == "mobile":
        visits = ours.calendar.ahead(date.today(), unit.code if unit else None)
        text = ours.answers.tell(
            "places/mobile", unit=unit, visits=[(visit, ours.places.units[visit.unit]) for visit in visits]
        )
    elif asked in ("hours", "phone"):
        text = ours.answers.tell("places/hours", **facts)
    else:
        made_of = ours.places.taken_in_by(unit) if unit else []
        text = ours.answers.tell(f"places/{'today' if asked == 'today' else 'office'}", made_of=made_of, **facts)
    dispatcher.utter_message(text=text, status="answered_place")
    return [SlotSet("place_asked", None), *([SlotSet("place", unit.code)] if unit else [])]


def _says_more(turn: Turn, ours: Services) -> bool:
    """Whether a message speaks of something besides a place and its office."""
    about = "" if is_a_place(turn, ours) else turn.about
    of_places, of_all = ours.place_questions.rest, ours.vocabulary.about
    rests = of_all(" ".join(of_places(about))), of_places(" ".join(of_all(about)))  # one may break a phrase of the other
    return not any(map(ours.moves.only_lead_in, rests))
