"""Taking one of the choices the citizen has before them: procedures, steps of a life event, or cases."""

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.citizen_place import unit_of
from actions.in_hand import called
from actions.services import Services
from actions.turn import Events, Turn, asked_sections
from motcua.procedures.cases import cases_told
from motcua.procedures.choosing import chosen, is_only_a_choice
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import marked_terms, terms

# A yes or no picks the choice that begins with it: "Có người nước ngoài", "Không có người nước ngoài".
_YES_NO = {"affirm": "co", "deny": "khong"}


def pick_case(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The answer for the case chosen; for all cases where none fits. None where the message is about something else."""
    if not turn.cases_offered or turn.procedure not in ours.guides:
        return None
    guide = ours.guides[turn.procedure]
    papers = {"turn": turn, "sections": ("papers",), "unit": unit_of(turn, ours)}
    if cases_told(guide, ours.facts, turn.told) and is_short(turn):
        return replies.answer(dispatcher, ours, guide, **papers)
    if case := _case_named(turn, ours):
        return replies.answer(dispatcher, ours, guide, case=case, **papers)
    if turn.moves & {"unsure", "none_fits"} or turn.intent == "deny" or is_only_a_choice(turn.text):
        return replies.answer(dispatcher, ours, guide, in_all_cases=True, **papers)
    return None


def pick_offered(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The answer about what was chosen by number, by its label or by its name; None where nothing was."""
    codes = [code for code in numbered(turn, ours) or _labelled(turn) or [named_choice(turn, ours)] if ours.knows(code)]
    return open_choices(dispatcher, turn, ours, codes) if codes else None


def open_choices(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, codes: list[str]) -> Events:
    """One answer for each code, two at most."""
    sections, unit = asked_or_pending(turn, ours), unit_of(turn, ours)
    if codes[0] in ours.life_events:
        return replies.tell_life_event(dispatcher, ours, codes[0], unit=unit)
    return answer_each(dispatcher, turn, ours, codes, sections=sections)


def answer_each(
    dispatcher: CollectingDispatcher, turn: Turn, ours: Services, codes: list[str], *, sections: tuple[str, ...]
) -> Events:
    """One reply for each procedure in order; a follow-up is then about all of them."""
    first, *others = [ours.procedures[code] for code in codes if code in ours.procedures]
    unit = unit_of(turn, ours)
    if others:
        dispatcher.utter_message(response="utter_two_matters", one=first.name, other=others[0].name)
    asked = {"turn": turn, "sections": sections, "unit": unit, "may_ask_case": not others}
    events = replies.answer(dispatcher, ours, first, **asked)
    is_place_asked = any(event["name"] == "place_asked" and event["value"] for event in events)
    for guide in [] if is_place_asked else others:
        replies.answer(dispatcher, ours, guide, **asked)
    return [*events, SlotSet("pair", others[0].code if others else None)]


def offer_again(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The same choices once more; None where none is left: a guide may be retired between two turns."""
    left, sections = [code for code in turn.offered if ours.knows(code)], asked_or_pending(turn, ours)
    if len(left) == 1:
        return replies.ask_whether(dispatcher, ours, left[0], sections=sections)
    return replies.offer(dispatcher, ours, left, sections=sections, unit=unit_of(turn, ours)) if left else None


def numbered(turn: Turn, ours: Services) -> list[str]:
    """What was chosen by number: "2", "cái cuối", "cả hai"."""
    if "both" in turn.moves and turn.offered:
        return list(turn.offered[:2])
    if not turn.offered:
        return []
    return [turn.offered[number - 1] for number in chosen(turn.text, len(turn.offered))]


def named_choice(turn: Turn, ours: Services) -> str | None:
    """The one offered procedure whose name or label holds more of what was said than any other's."""
    said = ours.vocabulary.about(turn.about)
    telling = [word for word in said if not ours.moves.only_lead_in([word])]
    return _holding(said, turn, ours) or _holding(telling, turn, ours)


def _holding(words: list[str], turn: Turn, ours: Services) -> str | None:
    said, known = set(words), [code for code in turn.offered if ours.knows(code)]
    if not said or not known:
        return None
    labels = dict(zip(turn.offered, turn.labels, strict=False))
    shared = {code: len(said & _spellings(f"{_words_of(code, ours)} {labels.get(code, '')}")) for code in known}
    best = [code for code, count in shared.items() if count == max(shared.values())]
    return best[0] if len(best) == 1 and shared[best[0]] == len(said) else None


def told_choice(turn: Turn, ours: Services) -> str | None:
    """The one choice of which words were said that no other has, two at least, while none were said of the others."""
    named = {code: called(code, ours) for code in turn.offered if ours.knows(code)}
    said = {fold(word) for word in ours.vocabulary.about(turn.about) if not ours.moves.only_lead_in([word])}
    others = {code: set().union(*(named[other] for other in named if other != code)) for code in named}
    own = {code: said & named[code] - others[code] for code in named}
    told = [code for code in own if own[code]]
    return told[0] if len(named) > 1 and len(told) == 1 and len(own[told[0]]) > 1 else None


def asked_or_pending(turn: Turn, ours: Services) -> tuple[str, ...]:
    """The sections this turn asks for; if it asks for none, those that an earlier turn was left waiting for."""
    asked = asked_sections(turn, ours.vocabulary)
    return turn.sections if asked == ("overview",) and turn.sections else asked


def _labelled(turn: Turn) -> list[str]:
    if turn.intent == "affirm" and len(turn.offered) == 1:
        return list(turn.offered)
    begins = _YES_NO.get(turn.intent)
    return [code for code, label in zip(turn.offered, turn.labels, strict=False) if begins and terms(label)[:1] == [begins]]


def _case_named(turn: Turn, ours: Services) -> str | None:
    if numbers := chosen(turn.text, len(turn.cases_offered)) if is_only_a_choice(turn.text) else []:
        return turn.cases_offered[numbers[0] - 1]
    said = set(ours.vocabulary.content(turn.about))
    guide = ours.guides[turn.procedure or ""]
    fitting = [case.id for case in guide.cases if case.id in turn.cases_offered and said and said <= set(terms(case.when))]
    return fitting[0] if len(fitting) == 1 else None


def _spellings(text: str) -> set[str]:
    """Its words, each with its marks and without: "the" may be thẻ, "thế" is not."""
    return {*marked_terms(text), *terms(text)}


def _words_of(code: str, ours: Services) -> str:
    return f"{ours.name_of(code)} {ours.short_name_of(code)}"


def is_short(turn: Turn) -> bool:
    """Whether a message is an answer rather than a story."""
    return len(terms(turn.text)) <= 12
