"""Two procedures in one message: "khai sinh với nhập hộ khẩu cho con cần gì"."""

import re

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.choosing import answer_each
from actions.citizen_place import unit_of
from actions.replies import Events
from actions.services import Services
from actions.turn import Turn, asked_sections
from motcua.retrieval.decision import Candidate, Decision
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import terms

_BETWEEN = re.compile(r"\s(?:va|voi|vs|roi|cung voi|lan voi|dong thoi|xong roi|kem)\s|[,;+&]")
_COMMAS = {",", ";"}
# Two answers are twice as long, and a story holds many a "và": each part must be clear by itself. At 0.4 for one of them every
# fiftieth question about one matter was taken for two, at 0.7 every hundred and fiftieth.
MIN_FOR_EACH = 0.7
MIN_LEAD = 0.2
MIN_TO_DO_BOTH = 0.4  # of a procedure that the whole asks for and neither of its parts
# Where the whole is as clear as this about what one side of a comma asks for, the other tells a circumstance:
# "báo mất hộ chiếu hôm kia, nay tìm lại thấy".
MAX_OF_WHOLE = 0.75
MAX_TERMS = 24
MAX_TRIES = 3  # each costs the retriever two questions


def answer_two_matters(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, whole: Decision) -> Events | None:
    """Both answers in order, where each part of the message clearly asks for a procedure of its own; else None."""
    best = whole.candidates[0] if whole.candidates else None
    codes = _two_codes(turn, ours, whole_is=best.code if best and best.chance >= MAX_OF_WHOLE else None)
    if not codes:
        return None
    sections = asked_sections(turn, ours.vocabulary)[:2]
    if best and best.chance >= MIN_TO_DO_BOTH and best.code in ours.procedures and best.code not in codes:
        return _answer_in_one(dispatcher, turn, ours, [best.code, *codes], sections=sections)
    return answer_each(dispatcher, turn, ours, codes, sections=sections)


def _answer_in_one(
    dispatcher: CollectingDispatcher, turn: Turn, ours: Services, codes: list[str], *, sections: tuple[str, ...]
) -> Events:
    """The procedure that does both at once (birth and residence of a child), and each by itself as a choice."""
    both, *single = codes
    one, other = [ours.short_name_of(code) for code in single]
    found = {"turn": turn, "sections": sections, "unit": unit_of(turn, ours), "runners_up": single}
    events = replies.answer(dispatcher, ours, ours.procedures[both], **found)
    offered = [{"code": code, "title": title} for code, title in zip(single, (one, other), strict=True)]
    dispatcher.utter_message(response="utter_two_in_one", one=one, other=other, offered=offered)
    return [*events, SlotSet("offered", single), SlotSet("labels", [one, other])]


def _two_codes(turn: Turn, ours: Services, *, whole_is: str | None) -> list[str]:
    if len(terms(turn.about)) > MAX_TERMS:
        return []
    for gap in list(_BETWEEN.finditer(fold(turn.about)))[:MAX_TRIES]:
        before, behind = turn.about[: gap.start()], turn.about[gap.end() :]
        if any(len(ours.vocabulary.content(part)) < 2 for part in (before, behind)):
            continue
        one = _ahead(before, ours)
        other = _ahead(behind, ours) if one else None  # not ranked where that is in vain
        if one is None or other is None or one.code == other.code:
            continue
        codes = [one.code, other.code]
        if not (gap[0] in _COMMAS and whole_is in codes):
            return codes
    return []


def _ahead(part: str, ours: Services) -> Candidate | None:
    """The procedure a part of the message asks for, if it is well ahead of all others."""
    best, *others = [*ours.rank(part), Candidate("", 0.0)]
    lead = best.chance - (others[0].chance if others else 0.0)
    return best if best.code in ours.procedures and best.chance >= MIN_FOR_EACH and lead >= MIN_LEAD else None
