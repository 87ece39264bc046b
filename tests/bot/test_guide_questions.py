from typing import Any

import pytest
import yaml

from bot.guide_questions import write_examples
from motcua.procedures.guide import SECTIONS
from motcua.procedures.loader import Guides
from motcua.settings import ROOT
from motcua.vietnamese.folding import fold, has_diacritics


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    path = tmp_path_factory.mktemp("training") / "nlu" / "guide_questions.yml"
    write_examples(ROOT / "knowledge_base", path)
    return list(yaml.safe_load(path.read_text("utf-8"))["nlu"])


@pytest.fixture(scope="module")
def examples(written: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Of questions that ask for one section."""
    blocks = [block for block in written if isinstance(block["examples"], str)]
    return {block["intent"]: [line.removeprefix("- ") for line in block["examples"].splitlines()] for block in blocks}


def test_every_intent_is_known_to_the_domain(examples: dict[str, list[str]]) -> None:
    domain = yaml.safe_load((ROOT / "bot" / "domain" / "procedures.yml").read_text("utf-8"))
    assert set(examples) <= {name for intent in domain["intents"] for name in intent}


def test_every_example_is_a_question_of_a_guide(examples: dict[str, list[str]], guides: Guides) -> None:
    asked = {fold(question) for guide in guides.values() for question in guide.questions.all()}
    assert {fold(text) for texts in examples.values() for text in texts} <= asked


def test_every_guide_has_a_question_among_them(examples: dict[str, list[str]], guides: Guides) -> None:
    learned = {fold(text) for texts in examples.values() for text in texts}
    assert [guide.code for guide in guides.values() if not learned & set(map(fold, guide.questions.all()))] == []


def test_some_are_learned_without_diacritics(examples: dict[str, list[str]]) -> None:
    marked = [has_diacritics(text) for texts in examples.values() for text in texts]
    assert 0.2 < marked.count(False) / len(marked) < 0.5


def test_a_question_teaches_the_section_it_asks_for(examples: dict[str, list[str]], guides: Guides) -> None:
    asked = [(sections, fold(text)) for guide in guides.values() for sections, text in guide.questions.by_section()]
    taught = {(intent, fold(text)) for intent, texts in examples.items() for text in texts}
    for intent, section in (("ask_fee", "fee"), ("ask_place", "place"), ("ask_procedure", "overview")):
        assert {text for name, text in taught if name == intent} <= {text for sections, text in asked if sections == (section,)}


def test_every_section_is_taught(examples: dict[str, list[str]]) -> None:
    assert set(examples) == {"ask_procedure"} | {f"ask_{section}" for section in SECTIONS if section != "overview"}


def test_a_question_for_several_sections_is_an_example_of_the_first_and_names_all(
    written: list[dict[str, Any]], guides: Guides
) -> None:
    asked = {fold(several.text): several.asks for guide in guides.values() for several in guide.questions.several}
    blocks = [block for block in written if not isinstance(block["examples"], str)]
    taught = [(block["intent"], told) for block in blocks for told in block["examples"]]
    assert {fold(told["text"]).strip("- \n") for _, told in taught} == set(asked)
    for intent, told in taught:
        sections = asked[fold(told["text"]).strip("- \n")]
        assert (intent, told["metadata"]["sections"]) == (f"ask_{sections[0]}", list(sections))
