"""Corrections: "không, ý tôi là tạm trú", "không phải đóng hẳn, tạm ngừng thôi"."""

import re

from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.answering import named_code, reply
from actions.citizen_place import unit_of
from actions.services import Services
from actions.turn import Events, Turn
from motcua.retrieval.decision import Decision, decide, none_of
from motcua.vietnamese.terms import terms
from motcua.vietnamese.vocabulary import without

_CLAUSE = re.compile(r"[^,;.!?]+")
_REFUSALS = (["khong", "phai"], ["dau", "phai"])


def correct(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
    """Goes over to what is named instead; asks what is meant where nothing is."""
    refused, wanted = _parts(turn, ours)
    sections = turn.sections or ("overview",)
    if code := named_code(turn, ours):
        unit = unit_of(turn, ours)
        return replies.answer(dispatcher, ours, ours.procedures[code], turn=turn, sections=sections, unit=unit)
    if not wanted:
        return replies.ask_for_procedure(dispatcher, sections=sections)
    # "không phải làm lần đầu, mất rồi" of a lost paper refuses something else than what is in hand
    is_kept = bool(refused) and turn.procedure in ours.procedures and not set(refused) <= ours.called(turn.procedure)
    tries = [_decision(said, turn, ours, is_kept=is_kept) for said in (wanted, [*wanted, *_matter(turn, ours)])]
    decision = next((found for kind in ("answer", "ask_which") for found in tries if found.kind == kind), tries[0])
    return reply(dispatcher, ours, decision, turn=turn, sections=sections)


def is_correction(turn: Turn, ours: Services) -> bool:
    """Whether a "no" also says what is wanted instead."""
    refused, wanted = _parts(turn, ours)
    return bool(refused and wanted) and turn.procedure in ours.procedures


def _parts(turn: Turn, ours: Services) -> tuple[list[str], list[str]]:
    """The terms of the clauses that refuse something, and of what is wanted instead; one clause alone does both."""
    clauses = _CLAUSE.findall(turn.about)
    refused = [clause for clause in clauses if terms(clause)[:2] in _REFUSALS]
    rest = [clause for clause in clauses if clause not in refused]
    if not rest:
        return [], ours.vocabulary.corrected(turn.about)
    return _content(refused, ours), ours.vocabulary.corrected(" , ".join(rest))


def _content(clauses: list[str], ours: Services) -> list[str]:
    return [term for clause in clauses for term in ours.vocabulary.corrected(clause)]


def _matter(turn: Turn, ours: Services) -> list[str]:
    """What the procedure in hand is about, without what is done there: "hoạt động hộ kinh doanh"."""
    if turn.procedure not in ours.procedures:
        return []
    actions = [phrase for phrases in ours.vocabulary.actions.values() for phrase in phrases]
    return without(terms(ours.short_name_of(turn.procedure)), actions)


def _decision(said: list[str], turn: Turn, ours: Services, *, is_kept: bool) -> Decision:
    found = ours.rank(" ".join(said))
    ranked = [one for one in found if ours.knows(one.code) and (is_kept or one.code != turn.procedure)]
    return decide(ranked, none=none_of(found))
