"""Corrections: "không, ý tôi là tạm trú", "không phải đóng hẳn, tạm ngừng thôi"."""

import re

from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.answering import named_code, reply
from actions.citizen_place import unit_of
from actions.in_hand import called, decided, matter_of
from actions.services import Services
from actions.turn import Events, Turn
from motcua.vietnamese.terms import terms

_CLAUSE = re.compile(r"[^,;.!?]+")
_REFUSALS = (["khong", "phai"], ["dau", "phai"])
_SIGHS = ("a", "o", "u", "da", "nham", "thoi")


def correct(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
    """Goes over to what is named instead; asks what is meant where nothing is."""
    refused, wanted = _parts(turn, ours)
    sections = turn.sections or ("overview",)
    if code := named_code(turn, ours):
        unit = unit_of(turn, ours)
        return replies.answer(dispatcher, ours, ours.procedures[code], turn=turn, sections=sections, unit=unit)
    is_kept = _is_kept(refused, turn, ours)
    if not wanted and is_kept:
        return replies.decline_in_hand(dispatcher, turn, ours, is_told=True)
    if not wanted:
        return replies.ask_for_procedure(dispatcher, sections=sections)
    but = None if is_kept else turn.procedure
    decision = decided(" ".join(wanted), ours, but=but)
    if decision.kind != "answer" and refused and (matter := matter_of(turn.procedure, ours)):
        together = decided(" ".join([*wanted, *matter]), ours, but=but)
        if together.kind == "answer" or (decision.kind == "decline" and together.kind == "ask_which"):
            decision = together
    return reply(dispatcher, ours, decision, turn=turn, sections=sections)


def is_correction(turn: Turn, ours: Services) -> bool:
    """Whether a "no" also says what is wanted instead."""
    refused, wanted = _parts(turn, ours)
    return bool(refused and wanted) and turn.procedure in ours.procedures


def _is_kept(refused: list[str], turn: Turn, ours: Services) -> bool:
    """Whether something else is refused than what is in hand: "không phải làm lần đầu, mất rồi" of a lost paper."""
    if not refused or turn.procedure not in ours.procedures:
        return False
    return len({*refused} & called(turn.procedure, ours)) * 2 < len({*refused})


def _parts(turn: Turn, ours: Services) -> tuple[list[str], list[str]]:
    """The terms of the clauses that refuse something, and of what is wanted instead; one clause alone does both."""
    clauses = _CLAUSE.findall(turn.about)
    refused = [clause for clause in clauses if _begun(clause)[:2] in _REFUSALS]
    rest = [clause for clause in clauses if clause not in refused]
    if not rest:
        return [], ours.vocabulary.corrected(turn.about)
    return _content(refused, ours), ours.vocabulary.corrected(" , ".join(rest))


def _begun(clause: str) -> list[str]:
    said = terms(clause)
    return said[1:] if said[:1] and said[0] in _SIGHS else said


def _content(clauses: list[str], ours: Services) -> list[str]:
    """What is refused, without the words that refuse."""
    said = (" ".join(_begun(clause)[2:]) for clause in clauses)
    return [term for clause in said for term in ours.vocabulary.corrected(clause)]
