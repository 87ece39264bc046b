"""The guides' own questions as training examples: what a question about a procedure sounds like, whatever it asks."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from motcua.procedures.guide import Guide
from motcua.procedures.loader import load_guides
from motcua.vietnamese.folding import fold
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary

PER_GUIDE = 8  # all of them would train for minutes and drown what is not a question


def write_examples(knowledge_base: Path, path: Path) -> None:
    """Writes Rasa NLU data: a question that names one section asks for it, one that names none asks for the procedure."""
    vocabulary = load_vocabulary(knowledge_base / "vocabulary.yml")
    examples: dict[str, list[str]] = {}
    for guide in load_guides(knowledge_base / "procedures").values():
        for intent, question in _examples(guide, vocabulary):
            examples.setdefault(intent, []).append(question)
    nlu = [{"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in examples.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), "utf-8")


def _examples(guide: Guide, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    step = max(1, len(guide.questions) // PER_GUIDE)
    for number, question in enumerate(guide.questions[::step]):
        sections = vocabulary.sections_in(question)
        if len(sections) < 2:
            intent = f"ask_{sections[0]}" if sections else "ask_procedure"
            yield intent, fold(question) if number % 3 == 0 else question
