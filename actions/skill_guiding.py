"""Leading a citizen through a digital skill: one step a message, with branches, pauses and a way back."""

from dataclasses import replace

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import MIN_AGAINST_INTENT, search
from actions.services import Services
from actions.turn import Events, Turn
from motcua.procedures.choosing import chosen, is_only_a_choice
from motcua.procedures.digital_skills import AGAIN, DigitalSkill, Named, Screen
from motcua.vietnamese.terms import terms

# What a new step takes away from the citizen: choices they had before them for something else.
_ASIDE = ("offered", "labels", "cases_offered", "life_event", "place_asked")
MAX_STEERING = 6  # words; more of them say something else too
_NO = ("chua", "khong")


def guide_skill(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The next step of a skill under way, the step it was left at, or the first one; None where none is meant."""
    if (at := _under_way(turn, ours)) is not None:
        skill, place, is_open = at
        if is_open and (events := _follow(dispatcher, turn, ours, skill, place)) is not None:
            return events
        if "continue" in turn.moves and len(terms(turn.text)) <= MAX_STEERING:
            return _tell(dispatcher, ours, skill, place)
    named = ours.digital_skills.named(turn.text)
    if named is None or _gives_way(named, turn, ours):
        return None
    return _tell(dispatcher, ours, named.skill, 0, is_first=True)


def put_aside(turn: Turn) -> Events:
    """Notes that something else was answered: a number now means that, and "tiếp tục" still leads back."""
    return [SlotSet("skill", {**turn.skill, "is_open": False})] if turn.skill and turn.skill.get("is_open") else []


def _under_way(turn: Turn, ours: Services) -> tuple[DigitalSkill, int, bool] | None:
    skill = ours.digital_skills.get(str(turn.skill.get("id"))) if turn.skill else None
    place = skill.place(str(turn.skill.get("step"))) if skill and turn.skill else None
    if skill is None or place is None or turn.skill is None:  # nothing under way, or an editor changed it meanwhile
        return None
    return skill, place, bool(turn.skill.get("is_open"))


def _follow(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, skill: DigitalSkill, place: int) -> Events | None:
    is_short = len(terms(turn.text)) <= MAX_STEERING
    if "back" in turn.moves and is_short:
        return _tell(dispatcher, ours, skill, max(place - 1, 0))
    if "stop" in turn.moves and is_short:
        return _pause(dispatcher, ours, skill, place)
    screen = _seen(turn, skill, place)
    if screen is None:
        return _pause(dispatcher, ours, skill, place) if turn.intent == "deny" and is_short else None
    follows = skill.after(place, screen)
    if follows is None:
        return _end(dispatcher, ours, skill, place, screen)
    is_again = follows == place and screen.go == AGAIN
    return _tell(dispatcher, ours, skill, follows, help=screen.help, is_again=is_again)


def _seen(turn: Turn, skill: DigitalSkill, place: int) -> Screen | None:
    """The screen a message names: by number, by its words, or by a yes ("rồi", "tiếp tục": the first) or a no ("chưa")."""
    screens = skill.steps[place].screens
    if is_only_a_choice(turn.text) and (numbers := chosen(turn.text, len(screens))):
        return screens[numbers[0] - 1]
    said = terms(turn.text)
    if named := next((screen for screen in screens if terms(screen.sees) == said), None):
        return named
    if len(said) > MAX_STEERING:
        return None
    if said[:1] and said[0] in _NO:
        return next((screen for screen in screens if terms(screen.sees)[0] in _NO), None)
    is_yes = turn.intent == "affirm" or bool({"continue", "done"} & turn.moves)
    return screens[0] if is_yes else None


def _tell(
    dispatcher: CollectingDispatcher,
    ours: Services,
    skill: DigitalSkill,
    place: int,
    *,
    help: str | None = None,
    is_first: bool = False,
    is_again: bool = False,
) -> Events:
    step = skill.steps[place]
    told = {"number": place + 1, "total": len(skill.steps), "step": step, "is_first": is_first, "is_again": is_again}
    dispatcher.utter_message(
        text=ours.answers.tell("digital_skill", skill=skill, help=help, **told),
        status="answered_digital_skill",
        title=skill.name,
        offered=[{"code": f"{step.id}/{number}", "title": screen.sees} for number, screen in enumerate(step.screens, 1)],
    )
    return _remembered(skill, place, is_open=True)


def _end(dispatcher: CollectingDispatcher, ours: Services, skill: DigitalSkill, place: int, screen: Screen) -> Events:
    """The end: done where nothing had to be helped; else what helps, and a way back to the step."""
    text = ours.answers.tell("digital_skill", skill=skill, help=screen.help, step=None, is_done=screen.help is None)
    dispatcher.utter_message(text=text, status="answered_digital_skill")
    return _remembered(skill, place, is_open=False) if screen.help else [*_aside(), SlotSet("skill", None)]


def _pause(dispatcher: CollectingDispatcher, ours: Services, skill: DigitalSkill, place: int) -> Events:
    dispatcher.utter_message(
        response="utter_skill_paused",
        name=skill.name,
        number=place + 1,
        total=len(skill.steps),
        status="answered_digital_skill",
    )
    return _remembered(skill, place, is_open=False)


def _remembered(skill: DigitalSkill, place: int, *, is_open: bool) -> Events:
    return [*_aside(), SlotSet("skill", {"id": skill.id, "step": skill.steps[place].id, "is_open": is_open})]


def _aside() -> Events:
    return [SlotSet(name, None) for name in _ASIDE]


def _gives_way(named: Named, turn: Turn, ours: Services) -> bool:
    """Whether it is rather a procedure that is asked about: "nộp hồ sơ khai sinh qua mạng thế nào"."""
    is_general = named.skill.is_general and not named.is_alone
    if is_general and turn.procedure in ours.procedures:
        return True
    if not ours.vocabulary.content(named.rest):
        return False
    decision = search(replace(turn, text=named.rest, about=named.rest, ranked=named.rest), ours)
    return decision.kind != "decline" if is_general else decision.is_clear(MIN_AGAINST_INTENT)
