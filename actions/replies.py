"""What the actions say, and the slots that remember it. Each reply carries its status, and its source where it has one."""

from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services
from motcua.places.units import Unit
from motcua.procedures.answers import source_facts
from motcua.procedures.guide import Guide

Events = list[dict[str, Any]]


def answer(
    dispatcher: CollectingDispatcher,
    services: Services,
    guide: Guide,
    *,
    sections: Sequence[str],
    unit: Unit | None = None,
    runners_up: Sequence[str] = (),
) -> Events:
    """The sections asked for, from the guide, with their source."""
    texts = [services.answers.render(section, guide, unit=unit) for section in sections]
    source = services.answers.source(guide)
    dispatcher.utter_message(
        text="\n\n".join([*texts, source]),
        status="answered_from_guide",
        procedures=[guide.code, *(code for code in runners_up if code != guide.code)],
        sections=list(sections),
        sources=[source_facts(guide)],
        title=guide.name,
        blocks=services.answers.blocks(sections, guide, unit=unit),
        source_line=source,
    )
    return [SlotSet("procedure", guide.code), SlotSet("sections", list(sections)), SlotSet("offered", None), *_remember(unit)]


def offer(
    dispatcher: CollectingDispatcher,
    services: Services,
    codes: Sequence[str],
    *,
    sections: Sequence[str],
    unit: Unit | None = None,
) -> Events:
    """Offers these procedures as numbered choices."""
    names = [services.guides[code].name for code in codes]
    dispatcher.utter_message(
        response="utter_ask_which",
        choices="\n".join(f"{number}. {name}" for number, name in enumerate(names, start=1)),
        status="asked_which_procedure",
        procedures=list(codes),
        sections=list(sections),
        offered=[{"code": code, "title": name} for code, name in zip(codes, names, strict=True)],
    )
    return [SlotSet("offered", list(codes)), SlotSet("sections", list(sections)), *_remember(unit)]


def _remember(unit: Unit | None) -> Events:
    return [SlotSet("place", unit.name)] if unit else []


def ask_for_procedure(dispatcher: CollectingDispatcher, *, sections: Sequence[str]) -> Events:
    """Asks which procedure the question is about; the sections asked for are kept."""
    dispatcher.utter_message(response="utter_ask_for_procedure", status="asked_for_detail", sections=list(sections))
    return [SlotSet("sections", list(sections))]


def decline(dispatcher: CollectingDispatcher, *, out_of_scope: bool) -> Events:
    """Says that we don't have it, and where to turn."""
    if out_of_scope:
        dispatcher.utter_message(response="utter_out_of_scope", status="declined_out_of_scope")
    else:
        dispatcher.utter_message(response="utter_no_guide", status="declined_no_guide")
    return [SlotSet("offered", None)]
