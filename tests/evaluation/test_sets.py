"""The held-out questions are well-formed, many, varied, and unknown to everything the assistant learns from."""

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from motcua.procedures.guide import SECTIONS
from motcua.settings import ROOT
from motcua.vietnamese.folding import fold, has_diacritics
from tests.evaluation.questions import DEVELOPMENT, HERE, Answerable, answerable, declined

STYLES = {"accented", "plain", "chat", "story"}
GUIDES = {path.name.split("-")[0] for path in (ROOT / "knowledge_base" / "procedures").glob("*/*.yml")}
TO_ANSWER = [*answerable(), *answerable(root=DEVELOPMENT)]
ASKED = [*TO_ANSWER, *declined(), *declined(root=DEVELOPMENT)]
LEARNED_FROM = ("data/nlu", "data/retrieval")
ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")  # [text](entity) of Rasa's training files


def test_there_are_many_questions_over_many_procedures() -> None:
    questions = answerable()
    assert len(questions) >= 1800
    assert len({asked.code for asked in questions}) >= 400
    assert {asked.code for asked in answerable("guides")} == GUIDES
    assert len({asked.code for asked in answerable("catalogue")} - GUIDES) >= 200
    assert len(declined()) >= 400
    assert Counter(message.reason for message in declined()).keys() == {"out_of_scope", "no_procedure"}


def test_a_third_and_more_is_typed_without_diacritics() -> None:
    for group in (answerable("guides"), answerable("catalogue"), declined()):
        assert 3 * sum(not has_diacritics(asked.question) for asked in group) >= len(group)


def test_every_question_is_well_formed() -> None:
    assert [asked for asked in TO_ANSWER if not is_well_formed(asked)] == []


def is_well_formed(asked: Answerable) -> bool:
    return (
        asked.question == " ".join(asked.question.split())
        and 1 <= len(asked.sections) <= 2
        and set(asked.right_sections) <= set(SECTIONS)
        and len(set(asked.right_sections)) == len(asked.right_sections)
        and len(set(asked.right_codes)) == len(asked.right_codes)
        and asked.style in STYLES
        and (asked.style == "plain") == (not has_diacritics(asked.question))
    )


def test_no_question_stands_twice() -> None:
    times = Counter(words(asked.question) for asked in ASKED)
    assert [text for text, count in times.items() if count > 1] == []


def test_no_file_is_longer_than_500_lines() -> None:
    assert [path.name for path in HERE.rglob("*.jsonl") if len(path.read_text("utf-8").splitlines()) > 500] == []


def test_no_question_is_learned_from() -> None:
    learned = {words(text) for text in texts_learned_from()}
    assert len(learned) > 1000
    assert [asked.question for asked in ASKED if words(asked.question) in learned] == []


def words(text: str) -> str:
    """What a question is compared by: folded, without punctuation."""
    return " ".join(re.findall(r"\w+", fold(text)))


def texts_learned_from() -> Iterator[str]:
    """Phrases of the guides, and examples of intents and of the ranker."""
    for path in (ROOT / "knowledge_base" / "procedures").glob("*/*.yml"):
        yield from texts(yaml.safe_load(path.read_text("utf-8")))
    for folder in LEARNED_FROM:
        for path in (ROOT / folder).rglob("*.*"):
            yield from texts(read(path))


def read(path: Path) -> Any:
    """A training file as data, whatever its format."""
    if path.suffix in {".yml", ".yaml"}:
        return yaml.safe_load(path.read_text("utf-8"))
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    return path.read_text("utf-8")


def texts(data: Any) -> Iterator[str]:
    """Every line of every string in data, without list marks and annotations."""
    if isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)
    elif isinstance(data, str):
        for line in data.splitlines():
            yield ANNOTATION.sub(r"\1", line.removeprefix("- "))


if "SHARED_DATA" in os.environ:

    def test_every_code_is_a_guide_or_in_the_national_records() -> None:
        folder = Path(os.environ["SHARED_DATA"]) / "procedures"
        (index,), (supplement,) = folder.glob("national_*_index.csv"), folder.glob("supplement_*.json")
        with index.open(encoding="utf-8", newline="") as lines:
            known = {row["code"] for row in csv.DictReader(lines)}
        known |= {record["code"] for record in json.loads(supplement.read_text("utf-8"))} | GUIDES
        assert {code for asked in TO_ANSWER for code in asked.right_codes} - known == set()

else:

    def test_every_code_has_the_form_of_a_code() -> None:
        codes = {code for asked in TO_ANSWER for code in asked.right_codes}
        assert [code for code in sorted(codes) if not re.fullmatch(r"\d\.\d{6}", code)] == []
