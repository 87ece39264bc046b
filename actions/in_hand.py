"""Whether a message is still about the procedure in hand, and what it then adds."""

from actions.services import Services
from actions.turn import FOR_ALL, MIN_TO_MEAN, Turn
from motcua.procedures.guide import Guide
from motcua.procedures.linter import all_texts
from motcua.retrieval.decision import Decision, decide, none_of
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import terms
from motcua.vietnamese.vocabulary import without

# A follow-up keeps to the procedure in hand unless another one is this much likelier.
MIN_TO_CHANGE_TOPIC = 0.25
MIN_TO_BE_MEANT = 0.5  # below it none of those found is meant more than the procedure in hand, if the words fit that
MIN_TO_STAY = 0.9  # of the section
MIN_TO_TURN_TO = 0.85  # what asks for nothing tells of the procedure in hand, unless another one is as clear as this
MIN_TO_BE_ODD = 0.7  # below it what only sounds out of scope may be told of oneself
MIN_IN_CONTEXT = 0.75  # of what is found with the matter in hand added


def stays(turn: Turn, ours: Services, decision: Decision, sections: tuple[str, ...]) -> bool:
    """Whether a question about a section, with other words in it, is still about the procedure in hand."""
    if turn.procedure not in ours.procedures or sections == ("overview",) or turn.intent == "out_of_scope":
        return False
    best = decision.candidates[0].chance if decision.candidates else 0.0
    is_doubtful = best < MIN_TO_BE_MEANT if decision.kind != "answer" else not decision.candidates[0].reviewed
    if is_doubtful and asks_a_section(turn, MIN_TO_STAY) and _is_said_of(turn, ours.vocabulary.about(turn.about), ours):
        return True  # "mấy ngày lấy được sổ"
    if decision.kind == "decline":
        is_nearest = decision.codes[:1] == [turn.procedure]
        return is_nearest or bool(ours.vocabulary.sections_in(turn.text)) or sections == ("checklist",)
    current = next((found.chance for found in decision.candidates if found.code == turn.procedure), 0.0)
    return current > 0 and best - current < MIN_TO_CHANGE_TOPIC


def asks_a_section(turn: Turn, minimum: float = MIN_TO_MEAN) -> bool:
    """Whether some section is asked for, with this chance at least."""
    return max(turn.sections_asked.values(), default=0.0) >= minimum


def tells_only(turn: Turn, ours: Services, decision: Decision) -> bool:
    """Whether a message that asks for nothing goes on with the procedure in hand: "đóng từ 2018 đến giờ" of a pension."""
    if turn.procedure not in ours.procedures or asks_a_section(turn) or decision.is_clear(MIN_TO_TURN_TO):
        return False
    best = decision.codes[0] if decision.kind == "answer" else None
    if best in ours.procedures and ours.distinctions.between([ours.name_of(best), ours.name_of(str(turn.procedure))]):
        return False  # "vợ em là người Lào" leads from one to the other
    is_odd = turn.intent == "out_of_scope" and turn.confidence < MIN_TO_BE_ODD  # "em làm ca đêm"
    is_near = decision.kind == "ask_which" and turn.procedure in decision.codes  # "mất hôm đi Hà Nội, bị móc túi"
    if not turn.asks and (is_odd or is_near):
        return True
    return FOR_ALL in turn.told.values() or turn.intent == "nlu_fallback" or bool(turn.first("place"))


def in_context(turn: Turn, ours: Services) -> Decision | None:
    """What is meant where only what is to be done is named, the thing before: "vay xong rồi thì xóa thế nào"."""
    matter = matter_of(turn.procedure, ours)
    rest = without(ours.vocabulary.content(turn.about), _actions(ours))
    if not matter or rest == ours.vocabulary.content(turn.about) or not _is_said_of(turn, rest, ours):
        return None
    decision = decided(f"{turn.about} {' '.join(matter)}", ours)
    is_of_it = decision.is_clear(MIN_IN_CONTEXT) and len(called(decision.codes[0], ours) & {*matter}) * 2 > len(matter)
    return decision if is_of_it else None


def decided(text: str, ours: Services, *, but: str | None = None) -> Decision:
    """What to do with a text, by all that there is a guide or life event for `but` one."""
    ranked = ours.rank(text)
    return decide([found for found in ranked if ours.knows(found.code) and found.code != but], none=none_of(ranked))


def matter_of(code: str | None, ours: Services) -> list[str]:
    """The folded terms of what a procedure is about, without what is done there: "hoạt động hộ kinh doanh"."""
    return without(terms(ours.short_name_of(str(code))), _actions(ours)) if code in ours.procedures else []


def called(code: str, ours: Services) -> frozenset[str]:
    """The folded terms of a procedure's or life event's names, the official one and those of citizens."""
    named = next((told[code].also_called for told in (ours.guides, ours.life_events) if code in told), ())
    return frozenset(term for name in (ours.name_of(code), *named) for term in terms(name))


def _actions(ours: Services) -> list[tuple[str, ...]]:
    return [phrase for phrases in ours.vocabulary.actions.values() for phrase in phrases]


def _is_said_of(turn: Turn, words: list[str], ours: Services) -> bool:
    """Whether all these words are told of the procedure in hand, or said of it by citizens, or say nothing of a matter."""
    told = ours.procedures[str(turn.procedure)]
    texts = all_texts(told) if isinstance(told, Guide) else (told.name, *told.steps, *told.conditions)
    known = {*terms("\n".join(texts))}  # at once: the terms of many texts would push this turn's out of their cache
    return ours.moves.only_lead_in(word for word in words if fold(word) not in known and not word.isdigit())
