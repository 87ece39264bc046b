"""Moves: what a message does in a conversation whatever it is about: goes back, takes both, asks for a checklist.

They are few, said in few ways, and must not be taken for something else, so they are phrases of
knowledge_base/dialogue.yml and not intents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

import yaml

from motcua.procedures.phrases import Phrases
from motcua.vietnamese.terms import terms

Move = Literal[
    "start_over", "back", "none_fits", "both", "unsure", "missing_paper", "checklist", "angry", "distressed", "threat",
    "reported", "continue", "stop", "done",
]  # fmt: skip


@dataclass(frozen=True)
class Moves:
    """The phrases of each move, and the words that only lead a question in."""

    said: Mapping[Move, tuple[str, ...]]
    lead_ins: frozenset[str] = frozenset()

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
    lead_ins = frozenset(term for words in content["lead_ins"] for term in terms(words))
    return Moves({move: tuple(content["moves"][move]) for move in get_args(Move)}, lead_ins)
