import pytest
import yaml

from bot.guide_questions import write_examples
from motcua.procedures.guide import SECTIONS
from motcua.procedures.loader import Guides
from motcua.settings import ROOT
from motcua.vietnamese.folding import fold, has_diacritics


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    path = tmp_path_factory.mktemp("training") / "nlu" / "guide_questions.yml"
    write_examples(ROOT / "knowledge_base", path)
    written = yaml.safe_load(path.read_text("utf-8"))["nlu"]
    return {intent["intent"]: [line.removeprefix("- ") for line in intent["examples"].splitlines()] for intent in written}


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
