"""The handbook: guides as volunteers use them, found by a few letters, laid out as one sheet each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from motcua.procedures.answers import Answers
from motcua.procedures.guide import Guide
from motcua.procedures.loader import Guides, load_guides
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import with_i

MOST = 12  # what a phone shows without much scrolling
SECTIONS = ("papers", "place", "time", "fee", "steps")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Sheet:
    """One guide as it is shown: its blocks by kind (`motcua.procedures.blocks`), and where they come from."""

    guide: Guide
    blocks: Mapping[str, Mapping[str, Any]]
    source: str


class Handbook:
    """All guides, read when first asked for."""

    def __init__(self, knowledge_base: Path) -> None:
        self._folder = knowledge_base

    @cached_property
    def guides(self) -> Guides:
        """The guides by code."""
        return load_guides(self._folder / "procedures")

    def sheet(self, code: str) -> Sheet | None:
        """The sheet of a procedure; None where there is no guide."""
        if code not in self.guides:
            return None
        guide = self.guides[code]
        blocks = {block["kind"]: block for block in self._answers.blocks(SECTIONS, guide)}
        return Sheet(guide, blocks, self._answers.source(guide))

    def search(self, typed: str) -> list[Guide]:
        """The guides of which a name begins its words like what was typed, or has these initials; the nearest name first.

        The same is done in frontend/src/volunteer/search.js, for who has no network.
        """
        tokens, ranked = words(typed), []
        for guide in self.guides.values():
            parts = [name.split() for name in names(guide)]
            distances = [_distance(tokens, part, is_alias=number > 0) for number, part in enumerate(parts)]
            if tokens and (near := [distance for distance in distances if distance]):
                ranked.append((min(near), fold(guide.name), guide))
        return [guide for *_, guide in sorted(ranked, key=lambda one: one[:2])[:MOST]]

    def name(self, code: str) -> str:
        """What a procedure is called; its code where there is no guide any more."""
        return self.guides[code].name if code in self.guides else code

    @cached_property
    def _answers(self) -> Answers:
        return Answers(self._folder)


def names(guide: Guide) -> list[str]:
    """The names of a procedure, folded: its own, and what people call it."""
    return [" ".join(words(name)) for name in (guide.name, *guide.also_called)]


def words(text: str) -> list[str]:
    """The folded words of a text, with one spelling for i and y."""
    return [with_i(word) for word in _WORD.findall(fold(text))]


def _distance(tokens: list[str], parts: list[str], *, is_alias: bool) -> tuple[bool, bool, int] | None:
    """How far a name is from what was typed: said in one go, the guide's own name, and short ones first. None: not meant."""
    initials = "".join(part[0] for part in parts)
    if not all(any(part.startswith(token) for part in parts) or (len(token) > 1 and token in initials) for token in tokens):
        return None
    starts = range(len(parts) - len(tokens) + 1)
    in_one_go = any(all(map(str.startswith, parts[start:], tokens)) for start in starts)
    return not in_one_go, is_alias, len(parts)
