"""What the actions say, and the slots that remember it. Each reply carries its status, and its source where it has one."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asking_place import ask_place
from actions.citizen_place import named_place
from actions.handing_over import hand_over
from actions.services import Services
from actions.turn import Events, Turn
from motcua.places.resolver import Ambiguous
from motcua.places.units import Unit
from motcua.procedures.answers import source_facts
from motcua.procedures.cases import cases_to_ask, cases_told
from motcua.procedures.guide import Case, Guide
from motcua.procedures.procedures import Procedure

# What a new answer or question puts aside.
_ASIDE = ("offered", "labels", "cases_offered", "life_event", "place_asked")
_WHERE_ONE_LIVES = ("commune_centre", "commune_police")


def answer(
    dispatcher: CollectingDispatcher,
    services: Services,
    procedure: Procedure,
    *,
    turn: Turn,
    sections: Sequence[str],
    unit: Unit | None = None,
    runners_up: Sequence[str] = (),
    case: str | None = None,
    in_all_cases: bool = False,
    may_ask_case: bool = True,
) -> Events:
    """The sections asked for, from the guide or the record, with their source; the citizen's own case comes first.

    Where only the place is asked for and the one named may be several, the question which.
    """
    code = procedure.code
    if tuple(sections) == ("place",) and (found := _unclear_place(services, procedure, turn)):
        dispatcher.utter_message(response="utter_depends_on_place", title=services.short_name_of(code))
        asked = ask_place(dispatcher, services, found, wording=turn.first("place") or turn.said, asked="procedure")
        return [*_slots(procedure=code, sections=list(sections), pair=None), *asked]
    is_known = isinstance(procedure, Guide) and not in_all_cases
    told = cases_told(procedure, services.facts, turn.facts_for(code), chosen=case or turn.cases.get(code)) if is_known else ()
    may_ask = is_known and may_ask_case and not told and tuple(sections) == ("papers",) and code not in turn.asked_case
    if cases := cases_to_ask(procedure, services.facts) if may_ask else ():
        return _ask_case(dispatcher, services, procedure, cases, turn=turn, unit=unit)
    texts = [services.answers.render(section, procedure, unit=unit, told=told) for section in sections]
    source = services.answers.source(procedure)
    dispatcher.utter_message(
        text="\n\n".join([*texts, source]),
        status="answered_from_guide" if isinstance(procedure, Guide) else "answered_from_catalogue",
        procedures=[code, *(other for other in runners_up if other != code and other in services.procedures)],
        sections=list(sections),
        sources=[source_facts(procedure)],
        title=procedure.name,
        blocks=services.answers.blocks(sections, procedure, unit=unit, told=told),
        source_line=source,
    )
    remembered = {"cases": {**turn.cases, code: case}} if case else {}
    return _slots(procedure=code, sections=list(sections), pair=None, none_fitted=False, unit=unit, **remembered)


def _ask_case(
    dispatcher: CollectingDispatcher,
    services: Services,
    guide: Guide,
    cases: Sequence[Case],
    *,
    turn: Turn,
    unit: Unit | None,
) -> Events:
    """The papers that everyone needs, and the one question on which the others hang."""
    dispatcher.utter_message(
        text="\n\n".join([services.answers.which_case(guide, cases), services.answers.source(guide)]),
        status="asked_which_case",
        procedures=[guide.code],
        sections=["papers"],
        sources=[source_facts(guide)],
        offered=[{"code": case.id, "title": case.when} for case in cases],
    )
    asked = [*turn.asked_case, guide.code]
    ids = [case.id for case in cases]
    return _slots(procedure=guide.code, sections=["papers"], pair=None, cases_offered=ids, asked_case=asked, unit=unit)


def _unclear_place(services: Services, procedure: Procedure, turn: Turn) -> Ambiguous | None:
    """The places that may be meant, where the office hangs on it and the name said is of several."""
    if not isinstance(procedure, Guide) or procedure.where.office not in _WHERE_ONE_LIVES:
        return None
    found = named_place(turn, services)
    return found if isinstance(found, Ambiguous) and (found.choices or found.units) else None


def offer(
    dispatcher: CollectingDispatcher,
    services: Services,
    codes: Sequence[str],
    *,
    sections: Sequence[str],
    unit: Unit | None = None,
) -> Events:
    """Offers these procedures as numbered choices: by the question that separates them, else by their names."""
    separation = services.distinctions.between([services.name_of(code) for code in codes])
    if separation and separation.matter:
        said = {"response": "utter_ask_distinction", "matter": separation.matter, "question": separation.question}
        labels = [given.label for given in separation.answers]
    else:  # of a matter too long to be read out the question alone says nothing
        said = {"response": "utter_ask_which", "matter": None, "question": None}
        labels = list(map(services.short_name_of, codes))
    choices = dict(zip(codes, labels, strict=True))
    return _put(dispatcher, services, choices, sections=sections, unit=unit, status="asked_which_procedure", **said)


def _put(
    dispatcher: CollectingDispatcher,
    services: Services,
    choices: Mapping[str, str],
    *,
    sections: Sequence[str],
    unit: Unit | None = None,
    **said: Any,
) -> Events:
    """Puts choices, code → label, before the citizen, numbered in what is said, and remembers them."""
    dispatcher.utter_message(
        **said,
        choices="\n".join(f"{number}. {label}" for number, label in enumerate(choices.values(), start=1)),
        procedures=[code for code in choices if code in services.procedures],
        sections=list(sections),
        offered=[{"code": code, "title": label} for code, label in choices.items()],
    )
    return _slots(offered=[*choices], labels=[*choices.values()], sections=list(sections), unit=unit)


def tell_life_event(dispatcher: CollectingDispatcher, services: Services, code: str, *, unit: Unit | None = None) -> Events:
    """What to do in a life event; each step can be opened by its number, and a follow-up is about the first."""
    event = services.life_events[code]
    dispatcher.utter_message(
        text=services.answers.life_event(event, services.guides, unit=unit),
        status="answered_from_guide",
        procedures=event.procedures,
        sections=["life_event"],
        sources=[source_facts(services.guides[step]) for step in event.procedures],
        offered=[{"code": step, "title": services.short_name_of(step)} for step in event.procedures],
    )
    in_hand = {"procedure": event.procedures[0], "life_event": code, "offered": event.procedures}
    return _slots(**in_hand, sections=["overview"], pair=None, none_fitted=False, unit=unit)


def ask_for_procedure(dispatcher: CollectingDispatcher, *, sections: Sequence[str]) -> Events:
    """Asks which procedure the question is about; the sections asked for are kept."""
    dispatcher.utter_message(response="utter_ask_for_procedure", status="asked_for_detail", sections=list(sections))
    return [SlotSet("sections", list(sections))]


def none_fits(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
    """None of the choices was right: asks for more the first time, then hands over."""
    if turn.none_fitted:
        hand_over(dispatcher, turn, ours, reason="stuck", response="utter_stuck")
    else:
        dispatcher.utter_message(response="utter_tell_more", status="asked_for_detail")
    return _slots(none_fitted=True)


def decline(dispatcher: CollectingDispatcher, *, out_of_scope: bool) -> Events:
    """Says that we don't have it, and where to turn."""
    if out_of_scope:
        dispatcher.utter_message(response="utter_out_of_scope", status="declined_out_of_scope")
    else:
        dispatcher.utter_message(response="utter_no_guide", status="declined_no_guide")
    return _slots()


def decline_in_hand(dispatcher: CollectingDispatcher, turn: Turn, services: Services, *, is_told: bool = False) -> Events:
    """Says that nothing is known of what was asked or told about the procedure in hand, and what can be asked of it."""
    response = "utter_noted" if is_told else "utter_no_guide_in_hand"
    name = services.short_name_of(str(turn.procedure))
    dispatcher.utter_message(response=response, procedure_name=name, status="declined_no_guide")
    return _slots()


def ask_whether(dispatcher: CollectingDispatcher, services: Services, code: str, *, sections: Sequence[str]) -> Events:
    """Asks whether the one procedure that comes near is meant."""
    title = services.short_name_of(code)
    said = {"response": "utter_ask_whether", "title": title}
    return _put(dispatcher, services, {code: title}, sections=sections, status="asked_which_procedure", **said)


def decline_but_name(
    dispatcher: CollectingDispatcher,
    services: Services,
    codes: Sequence[str],
    *,
    sections: Sequence[str],
    unit: Unit | None = None,
) -> Events:
    """Says that we don't have it, and names these procedures, which come near, as numbered choices."""
    choices = {code: services.short_name_of(code) for code in codes}
    said = {"response": "utter_no_guide_but_near"}
    return _put(dispatcher, services, choices, sections=sections, unit=unit, status="declined_no_guide", **said)


def _slots(*, unit: Unit | None = None, **values: object) -> Events:
    """The slots of a reply; what it does not name of the choices put before the citizen is put aside."""
    slots = {**dict.fromkeys(_ASIDE), **values, **({"place": unit.code} if unit else {})}
    return [SlotSet(name, value) for name, value in slots.items()]
