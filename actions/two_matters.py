"""Two procedures in one message: "khai sinh với nhập hộ khẩu cho con cần gì"."""

import re

from rasa_sdk.executor import CollectingDispatcher

from actions.choosing import answer_each
from actions.replies import Events
from actions.services import Services
from actions.turn import Turn, asked_sections
from motcua.retrieval.decision import Decision, decide
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import terms

_BETWEEN = re.compile(r"\s(?:va|voi|vs|roi|cung voi|lan voi|dong thoi|xong roi|kem)\s|[,;+&]")
# Two answers are twice as long, so each procedure must be clear by itself; a story holds many a "và".
MIN_FOR_EACH = 0.6
MAX_TERMS = 24
MAX_TRIES = 3  # each costs the retriever two questions


def answer_two_matters(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, whole: Decision) -> Events | None:
    """Both answers in order, where each part of the message clearly asks for a procedure of its own; else None."""
    codes = _two_codes(turn, ours, whole)
    if not codes:
        return None
    return answer_each(dispatcher, turn, ours, codes, sections=asked_sections(turn, ours.vocabulary)[:2])


def _two_codes(turn: Turn, ours: Services, whole: Decision) -> list[str]:
    if len(terms(turn.about)) > MAX_TERMS:
        return []
    for gap in list(_BETWEEN.finditer(fold(turn.about)))[:MAX_TRIES]:
        parts = [turn.about[: gap.start()], turn.about[gap.end() :]]
        if any(len(ours.vocabulary.content(part)) < 2 for part in parts):
            continue
        found = [_clear_code(part, ours) for part in parts]
        one, other = found
        if one and other and one != other and not _is_one_matter(whole, one, other):
            return [one, other]
    return []


def _clear_code(part: str, ours: Services) -> str | None:
    decision = decide(ours.retriever.rank(part, ours.vocabulary.content(part)))
    is_clear = decision.kind == "answer" and decision.candidates[0].chance >= MIN_FOR_EACH
    code = decision.codes[0] if is_clear else None
    return code if code in ours.procedures else None


def _is_one_matter(whole: Decision, one: str, other: str) -> bool:
    """Whether one procedure does what the whole message asks: a birth and a name in the register, filed at once."""
    return whole.kind == "answer" and whole.codes[0] not in (one, other)
