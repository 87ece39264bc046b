"""The guides' own questions as training examples: what a question about a procedure sounds like, and what it asks for."""

from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import yaml

from motcua.procedures.guide import Questions, Section, intent_of
from motcua.procedures.loader import load_guides
from motcua.vietnamese.folding import fold

PER_GUIDE = 60  # all of nearly every guide


def write_examples(knowledge_base: Path, path: Path) -> None:
    """Writes Rasa NLU data: a question is an example of the intent that asks for its section, the first of several.

    All sections of those that ask for several are in the metadata of the example.
    """
    examples: dict[str, list[str]] = {}
    several: dict[str, list[dict[str, Any]]] = {}
    for guide in load_guides(knowledge_base / "procedures").values():
        for number, (section, question) in enumerate(islice(_in_turn(guide.questions), PER_GUIDE)):
            examples.setdefault(intent_of(section), []).append(_typed(question, number))
        for number, asked in enumerate(guide.questions.several):
            told = {"text": f"- {_typed(asked.text, number)}\n", "metadata": {"sections": list(asked.asks)}}
            several.setdefault(intent_of(asked.asks[0]), []).append(told)
    nlu: list[dict[str, Any]] = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in examples.items()
    ]
    nlu += [{"intent": intent, "examples": told} for intent, told in several.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), "utf-8")


def _typed(question: str, number: int) -> str:
    """As a third of the citizens type: without diacritics."""
    return fold(question) if number % 3 == 0 else question


def _in_turn(questions: Questions) -> Iterator[tuple[Section, str]]:
    """One question of each section, then a second of each, so that none crowds out the others; none that asks for two."""
    asked: dict[Section, list[str]] = {}
    for sections, question in questions.by_section():
        if len(sections) == 1:
            asked.setdefault(sections[0], []).append(question)
    for row in zip_longest(*asked.values()):
        yield from ((section, question) for section, question in zip(asked, row, strict=True) if question)
