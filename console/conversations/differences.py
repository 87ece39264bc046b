"""A replay beside what was: for each turn, what the assistant answered then and what it answers today."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from motcua.conversations.turns import Trace


@dataclass(frozen=True)
class Answer:
    """What a turn ended in; candidates are (code, chance), likeliest first."""

    status: str
    procedures: tuple[str, ...]
    sections: tuple[str, ...]
    text: str
    candidates: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Difference:
    """One turn, then and now."""

    said: str
    then: Answer
    now: Answer

    @property
    def is_other(self) -> bool:
        """Whether a citizen would get another answer, or one about something else."""
        return self.then.text.split() != self.now.text.split() or self._outcome(self.then) != self._outcome(self.now)

    def words(self) -> Iterator[tuple[str, str]]:
        """("same" | "gone" | "new", words), which make up both texts."""
        before, after = self.then.text.split(" "), self.now.text.split(" ")
        for kind, begin, end, other_begin, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind == "equal":
                yield "same", " ".join(before[begin:end])
                continue
            yield from ((name, text) for name, text in (
                ("gone", " ".join(before[begin:end])), ("new", " ".join(after[other_begin:other_end])),
            ) if text)  # fmt: skip

    def _outcome(self, answer: Answer) -> tuple[Any, ...]:
        return answer.status, answer.procedures, answer.sections


def answer_then(turn: Mapping[str, Any], trace: Trace) -> Answer:
    """What was answered, as it is stored."""
    procedures = trace.get("procedures") or filter(None, [turn["procedure"]])
    sections = trace.get("sections") or filter(None, [turn["section"]])
    text = "\n\n".join(trace.get("replies", ()))
    return Answer(turn["status"] or "", tuple(procedures), tuple(sections), text, _candidates(trace.get("rankings", ())))


def answer_now(told: Mapping[str, Any]) -> Answer:
    """What the gateway's replay tells of a turn."""
    facts = (told["status"], tuple(told["procedures"]), tuple(told["sections"]), told["text"])
    return Answer(*facts, _candidates(told["rankings"]))


def _candidates(rankings: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, float], ...]:
    """Of the last search: what it found decides."""
    found = rankings[-1]["candidates"] if rankings else ()
    return tuple((candidate["code"], candidate["chance"]) for candidate in found)
