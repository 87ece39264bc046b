"""Moves: what a message does in a conversation whatever it is about: goes back, takes both, asks for a checklist.

They are few, said in few ways, and must not be taken for something else, so they are phrases of
knowledge_base/dialogue.yml and not intents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

import yaml

from motcua.procedures.phrases import Phrases
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import marked_terms

Move = Literal[
    "start_over", "back", "none_fits", "both", "unsure", "missing_paper", "checklist", "angry", "distressed", "threat",
    "reported", "thanks", "progress", "no_code", "continue", "stop", "done",
]  # fmt: skip


@dataclass(frozen=True)
class Moves:
    """The phrases of each move and of questions; as spelled, the words that only lead a question in and those that end one."""

    said: Mapping[Move, tuple[str, ...]]
    lead_ins: frozenset[str] = frozenset()
    questions: tuple[str, ...] = ()
    question_ends: frozenset[str] = frozenset()

    def asks(self, text: str) -> bool:
        """Whether a message is a question, and not only told."""
        ends_so = not self._question_ends.isdisjoint(marked_terms(text)[-1:])
        return ends_so or "?" in text or self._questions.claim(text) is not None

    @cached_property
    def _questions(self) -> Phrases:
        return Phrases(self.questions)

    @cached_property
    def _question_ends(self) -> frozenset[str]:
        return self.question_ends | frozenset(map(fold, self.question_ends))

    def only_lead_in(self, words: Iterable[str]) -> bool:
        """Whether these words, as spelled, say nothing of a matter: "viet" may be viết, "Việt" is not."""
        return all(word in self._lead_ins for word in words)

    @cached_property
    def _lead_ins(self) -> frozenset[str]:
        return self.lead_ins | frozenset(map(fold, self.lead_ins))

    def of(self, text: str) -> frozenset[Move]:
        """The moves a message makes; "quay lại từ đầu" is a start afresh and no way back."""
        made = {move for move, phrases in self._phrases.items() if phrases.claim(text)}
        return frozenset(made - {"back"} if "start_over" in made else made)

    def cut(self, text: str, move: Move) -> str:
        """The text without the words of a move: what is left says what it is about."""
        return self._phrases[move].cut(text)

    @cached_property
    def _phrases(self) -> dict[Move, Phrases]:
        return {move: Phrases(phrases) for move, phrases in self.said.items()}


def load_moves(path: Path) -> Moves:
    """The moves of that file, all of them."""
    content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    lead_ins = frozenset(word for words in content["lead_ins"] for word in marked_terms(words))
    said = {move: tuple(content["moves"][move]) for move in get_args(Move)}
    return Moves(said, lead_ins, tuple(content["questions"]), frozenset(content["question_ends"]))
