"""From a question to its answer, wherever its procedure is named: as a choice, by code, in words, or in an earlier turn."""

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.choosing import (
    answer_each,
    asked_or_pending,
    named_choice,
    numbered,
    offer_again,
    open_choices,
    pick_case,
    told_choice,
)
from actions.citizen_place import is_a_place, unit_of
from actions.in_hand import asks_a_section, in_context, stays, tells_only
from actions.moving import follow_move
from actions.place_answers import by_place, is_about_a_place
from actions.replies import Events
from actions.services import Services
from actions.turn import Turn, asked_sections
from actions.two_matters import answer_two_matters
from motcua.procedures.choosing import is_only_a_choice
from motcua.procedures.facts import without_ages
from motcua.retrieval.decision import MAX_CHOICES, MIN_TO_OFFER, Candidate, Decision, decide, none_of
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import terms

# A question the classifier holds for small talk must be that much clearer about its procedure to be answered.
MIN_AGAINST_INTENT = 0.75
MIN_OF_ALL_OFFERED = 0.9  # where several are close, together
# What can be asked of a life event as a whole; a fee or a time belongs to one procedure.
_OF_AN_EVENT = {"overview", "papers", "steps", "checklist", "conditions"}


def answer_question(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
    """The first of these steps that has an answer gives it; the last one always has."""
    for step in STEPS:
        if (events := step(dispatcher, turn, ours)) is not None:
            return events
    return about_procedure_in_hand(dispatcher, turn, ours)


def by_code(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The answer about the procedure whose code was typed."""
    code = named_code(turn, ours)
    return open_choices(dispatcher, turn, ours, [code]) if code else None


def by_choice(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The answer about a choice, where the message is nothing but a choice or names one of them."""
    is_bare = is_only_a_choice(turn.about) or ("both" in turn.moves and bool(turn.offered))
    codes = [code for code in (numbered(turn, ours) if is_bare else []) or [named_choice(turn, ours)] if ours.knows(code)]
    return open_choices(dispatcher, turn, ours, codes) if codes else None


def by_number(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """What was offered once more, where the message is nothing but a number that stands for none of it."""
    is_number = is_only_a_choice(turn.about) and any(letter.isdigit() for letter in turn.about)
    return offer_again(dispatcher, turn, ours) if is_number else None


def by_telling(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The answer about the one choice whose own words were told: "cụ đang hưởng trợ cấp hưu trí xã hội"."""
    names_action = bool(ours.vocabulary.actions_in(terms(turn.about)))
    code = None if turn.asks or names_action or asks_a_section(turn) else told_choice(turn, ours)
    return open_choices(dispatcher, turn, ours, [code]) if code else None


def by_fact(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """More of the procedure in hand, where the message only tells a fact of it: "à, em bị mất thẻ", "vậy 14 tuổi thì sao"."""
    if turn.procedure not in ours.guides:
        return None
    guide, rest = ours.guides[turn.procedure], ours.facts.rest(turn.about)
    if set(ours.vocabulary.sections_in(rest)) - {"papers"} or not ours.moves.only_lead_in(ours.vocabulary.about(rest)):
        return None  # an age by itself sounds like a condition
    if ours.facts.decided(guide, turn.told):
        sections = ("papers",)
    elif terms(rest) and any(ours.facts.all[fact].scope == "topic" for fact in turn.told):  # "bị mất thì sao"
        sections = ("overview",)
    else:
        return None
    return replies.answer(dispatcher, ours, guide, turn=turn, sections=sections, unit=unit_of(turn, ours))


def by_search(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The answer about what the words mean; None where they say nothing of a procedure."""
    about, sections = _about(turn, ours), asked_sections(turn, ours.vocabulary)
    is_follow_up = turn.procedure in ours.procedures and sections != ("overview",)
    if not about or (is_follow_up and ours.moves.only_lead_in(about)):
        return None
    decision = search(turn, ours)
    if stays(turn, ours, decision, sections):
        return None
    if tells_only(turn, ours, decision):
        return _take_note(dispatcher, turn, ours)
    if decision.kind == "decline" and turn.intent != "out_of_scope":
        decision = in_context(turn, ours) or decision
    if turn.intent == "out_of_scope" and not _stands_against_intent(decision):
        return replies.decline(dispatcher, out_of_scope=not ours.vocabulary.sounds_official(turn.text))
    if decision.kind == "decline" and turn.offered and sections != ("overview",):
        return offer_again(dispatcher, turn, ours)  # "thế nộp ở đâu" of what was to be chosen
    if both := answer_two_matters(dispatcher, turn, ours, decision):
        return both
    if turn.procedure is None:
        sections = asked_or_pending(turn, ours)  # "bao nhiêu tiền" – "việc gì ạ?" – "làm khai sinh"
    return reply(dispatcher, ours, decision, turn=turn, sections=sections)


STEPS = (pick_case, follow_move, by_place, by_code, by_choice, by_number, by_telling, by_fact, by_search)


def _take_note(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """The papers of the case that was told, or that nothing is known of what was told; None where it was a place."""
    if turn.procedure in ours.guides and ours.facts.decided(guide := ours.guides[turn.procedure], turn.told):
        return replies.answer(dispatcher, ours, guide, turn=turn, sections=("papers",), unit=unit_of(turn, ours))
    return None if turn.first("place") else replies.decline_in_hand(dispatcher, turn, ours, is_told=not turn.asks)


def answer_if_clear(
    dispatcher: CollectingDispatcher, turn: Turn, ours: Services, *, minimum: float = MIN_AGAINST_INTENT
) -> Events | None:
    """The answer to a message held for something else, if it is clearly about a procedure; None if it is not."""
    if turn.procedure in ours.procedures and is_a_place(turn, ours):
        return about_procedure_in_hand(dispatcher, turn, ours)
    if is_about_a_place(turn, ours) and (events := by_place(dispatcher, turn, ours)) is not None:
        return events
    sections = asked_sections(turn, ours.vocabulary)
    decision = search(turn, ours) if _about(turn, ours) else None
    if decision is None or not decision.is_clear(minimum):
        return None
    return reply(dispatcher, ours, decision, turn=turn, sections=sections)


def search(turn: Turn, ours: Services) -> Decision:
    """What the retriever finds, as a decision; only what there is a guide or life event for."""
    # An age tells the case more often than the procedure, and no procedure is named by one that few have.
    ranked = min(map(ours.rank, dict.fromkeys((turn.ranked, without_ages(turn.ranked)))), key=none_of)
    found = [candidate for candidate in ranked if ours.knows(candidate.code)]
    procedures = [candidate for candidate in found if candidate.code in ours.procedures]
    if set(ours.vocabulary.sections_in(turn.text)) - _OF_AN_EVENT and procedures and procedures[0].chance >= MIN_TO_OFFER:
        meant = 1 - sum(candidate.chance for candidate in found if candidate not in procedures)  # no event can be
        found = [replace(candidate, chance=candidate.chance / meant) for candidate in procedures]
    return _settled(turn, ours, _offered_if_named(turn, ours, decide(found, none=none_of(ranked)), found))


def about_procedure_in_hand(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
    """The answer about what the conversation is about already; where that is nothing, the question what it is about."""
    sections = asked_sections(turn, ours.vocabulary)
    if turn.procedure not in ours.procedures:
        return offer_again(dispatcher, turn, ours) or replies.ask_for_procedure(dispatcher, sections=sections)
    if sections == ("overview",) and (turn.first("place") or is_a_place(turn, ours)):
        sections = ("place",)
    codes = [code for code in (turn.procedure, turn.pair) if code in ours.procedures]
    return answer_each(dispatcher, turn, ours, codes, sections=sections)


def reply(
    dispatcher: CollectingDispatcher, ours: Services, decision: Decision, *, turn: Turn, sections: tuple[str, ...]
) -> Events:
    """Answers, offers or declines as decided; what comes near is named where nothing else is in hand."""
    unit = unit_of(turn, ours)
    if decision.kind == "answer":
        best, *others = decision.codes
        if best in ours.life_events:
            return replies.tell_life_event(dispatcher, ours, best, unit=unit)
        return replies.answer(
            dispatcher, ours, ours.procedures[best], turn=turn, sections=sections, unit=unit, runners_up=others
        )
    if decision.kind == "ask_which":
        return replies.offer(dispatcher, ours, decision.codes, sections=sections, unit=unit)
    if turn.procedure in ours.procedures:
        return replies.decline_in_hand(dispatcher, turn, ours)
    if decision.codes:
        return replies.decline_but_name(dispatcher, ours, decision.codes, sections=sections, unit=unit)
    return replies.decline(dispatcher, out_of_scope=False)


def named_code(turn: Turn, ours: Services) -> str | None:
    """The code typed in this turn, if there is a guide for it."""
    code = turn.first("procedure_code")
    return code if code in ours.procedures else None


def _offered_if_named(turn: Turn, ours: Services, decision: Decision, found: Sequence[Candidate]) -> Decision:
    """Who says nothing but words of several names means one of these, however little that is: "bảo hiểm xã hội"."""
    if decision.kind == "answer" or len(decision.codes) < 2 or not (said := set(map(fold, _about(turn, ours)))):
        return decision
    named = tuple(candidate for candidate in found if said <= set(terms(ours.name_of(candidate.code))))
    is_topic = {candidate.code for candidate in named}.issuperset(decision.codes)
    return Decision("ask_which", named[:MAX_CHOICES]) if is_topic else decision


def _settled(turn: Turn, ours: Services, decision: Decision) -> Decision:
    """Where candidates tie and the citizen has told what separates them, the one they mean."""
    tied = [found.code for found in decision.candidates if found.chance * 2 >= decision.candidates[0].chance]
    separation = ours.distinctions.between(list(map(ours.name_of, tied)))
    if decision.kind != "ask_which" or separation is None:
        return decision
    meant = [code for code, given in zip(tied, separation.answers, strict=True) if given.fact in turn.facts]
    if len(meant) != 1:
        return decision
    return Decision("answer", tuple(sorted(decision.candidates, key=lambda found: found.code != meant[0])))


def _stands_against_intent(decision: Decision) -> bool:
    """Whether what the classifier holds for out of scope is to be answered, or to be asked back all the same."""
    offered = sum(candidate.chance for candidate in decision.candidates)
    return decision.kind == "answer" or (decision.kind == "ask_which" and offered >= MIN_OF_ALL_OFFERED)


def _about(turn: Turn, ours: Services) -> list[str]:
    """The words, as spelled, by which a procedure may be recognised; none where the whole message is a place."""
    return [] if is_a_place(turn, ours) else ours.vocabulary.about(turn.about)
