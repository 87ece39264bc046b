"""From a reviewer's judgement of a turn to what it proposes: an example, a golden conversation, a change of a guide."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from motcua.conversations.proposals import Kind
from motcua.conversations.reviewing import Review
from motcua.procedures.guide import SECTIONS, intent_of
from motcua.vietnamese.canonical import canonical

Content = dict[str, Any]
_INTENTS = {intent_of(section): section for section in SECTIONS}
# What a turn of such an intent must end in, whatever else is said.
_STATUSES = {
    "out_of_scope": "declined_out_of_scope",
    "request_human": "handed_over",
    "complain": "handed_over",
    "report_emergency": "referred_emergency",
    **dict.fromkeys(("greet", "thank", "goodbye", "ask_help"), "smalltalk"),
}


def proposable(turns: Sequence[Any], judged: Review, guides: Collection[str]) -> dict[Kind, Content]:
    """What the judgement of the last of these turns can propose; `turns` are a conversation's rows up to it."""
    turn = turns[-1]
    if not turn["said"].strip():
        return {}
    found: dict[Kind, Content] = {"golden": _golden(turns, judged, guides)}
    if intent := judged.intent or turn["intent"]:
        # "[họ tên](" would be read as an entity.
        found["example"] = {"intent": intent, "text": _line(turn["said"]).replace("](", "] (")}
    if (procedure := judged.procedure or turn["procedure"]) in guides:
        section = _section(judged, turn) or "overview"
        found["guide_change"] = {"procedure": procedure, "section": section, "question": canonical(_line(turn["said"]))}
    return found


def _golden(turns: Sequence[Any], judged: Review, guides: Collection[str]) -> Content:
    """What was said so far and answered, and what the last turn should have been answered by."""
    *earlier, last = [turn for turn in turns if (turn["said"].strip() and turn["status"]) or turn is turns[-1]]
    told = [{"say": _line(turn["said"]), "then": _as_it_was(turn)} for turn in earlier]
    told.append(
        {"say": _line(last["said"]), "then": _as_it_was(last) if judged.is_right else _as_it_should_be(last, judged, guides)}
    )
    return {"name": f"Rà soát: {_line(last['said'])[:70]}", "turns": told}


def _as_it_was(turn: Mapping[str, Any]) -> Content:
    return _then(turn["status"] or "failed_internal", turn["procedure"], turn["section"])


def _as_it_should_be(turn: Mapping[str, Any], judged: Review, guides: Collection[str]) -> Content:
    if judged.intent in _STATUSES:
        return _then(_STATUSES[judged.intent], None, None)
    procedure = judged.procedure or turn["procedure"]
    if procedure is None:
        return _as_it_was(turn)
    return _then("answered_from_guide" if procedure in guides else "answered_from_catalogue", procedure, _section(judged, turn))


def _then(status: str, procedure: str | None, section: str | None) -> Content:
    facts = {"procedure": procedure, "sections": [section] if section else None}
    return {"status": status, **{name: value for name, value in facts.items() if value}}


def _section(judged: Review, turn: Mapping[str, Any]) -> str | None:
    """The section asked for: as corrected, else of the corrected intent, else as it was answered."""
    section: str | None = judged.section or _INTENTS.get(judged.intent or "") or turn["section"]
    return section if section in SECTIONS else None


def _line(text: str) -> str:
    return " ".join(text.split())
