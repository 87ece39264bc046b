import numpy as np
import pytest
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.reading_featurizer import ReadingFeaturizer
from motcua.settings import ROOT
from motcua.vietnamese.folding import fold

QUESTIONS = [
    "làm giấy khai sinh cho con cần giấy tờ gì",
    "đăng ký kết hôn hết bao nhiêu tiền",
    "đổi căn cước công dân ở đâu",
    "lệ phí cấp hộ chiếu là bao nhiêu",
    "tạm trú mấy ngày có kết quả",
    "mẹ tôi mất thì làm sao",
]
CONFIG = {**ReadingFeaturizer.get_default_config(), "knowledge_base": str(ROOT / "knowledge_base")}
CONTEXT = ExecutionContext(GraphSchema({}), node_name="reading")


@pytest.fixture(scope="module")
def trained(model_storage: LocalModelStorage) -> ReadingFeaturizer:
    featurizer = ReadingFeaturizer.create(CONFIG, model_storage, Resource("reading"), CONTEXT)
    featurizer.train(TrainingData([Message({TEXT: text}) for text in QUESTIONS]))
    return featurizer


@pytest.fixture(scope="module")
def loaded(trained: ReadingFeaturizer, model_storage: LocalModelStorage) -> ReadingFeaturizer:
    """As the bot has it."""
    return ReadingFeaturizer.load(CONFIG, model_storage, Resource("reading"), CONTEXT)


def features(featurizer: ReadingFeaturizer, text: str) -> NDArray[np.float64]:
    (message,) = featurizer.process([Message({TEXT: text})])
    (found,) = message.features
    return np.asarray(found.features.toarray()[0])


def likeness(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_reads_the_same_with_and_without_diacritics(loaded: ReadingFeaturizer, text: str) -> None:
    assert features(loaded, fold(text)) == pytest.approx(features(loaded, text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lam giay khai sinh cho con can giay to j", QUESTIONS[0]),
        ("làm giáy khai sin cho con cần giấy tờ gì", QUESTIONS[0]),
        ("ddawng kys kết hôn hết bao nhiêu tiền", QUESTIONS[1]),
        ("đổi căn cước công dna ở đâu", QUESTIONS[2]),
        ("u tôi mất thì mần răng", QUESTIONS[5]),
    ],
)
def test_a_slip_or_a_regional_word_changes_little(loaded: ReadingFeaturizer, typed: str, meant: str) -> None:
    others = [likeness(features(loaded, typed), features(loaded, text)) for text in QUESTIONS if text != meant]
    assert likeness(features(loaded, typed), features(loaded, meant)) > max(0.9, *others)


def test_questions_differ(loaded: ReadingFeaturizer) -> None:
    assert likeness(features(loaded, QUESTIONS[0]), features(loaded, QUESTIONS[1])) < 0.5


@pytest.mark.parametrize("text", [*QUESTIONS, "lam giay khai sin", "xin chào", "🙂"])
def test_loaded_it_reads_as_when_it_was_trained(trained: ReadingFeaturizer, loaded: ReadingFeaturizer, text: str) -> None:
    assert features(loaded, text).tolist() == features(trained, text).tolist()


def test_examples_are_featurized_for_the_classifier(trained: ReadingFeaturizer) -> None:
    data = trained.process_training_data(TrainingData([Message({TEXT: QUESTIONS[0]})]))
    (found,) = data.training_examples[0].features
    assert (found.is_sparse(), found.attribute, found.features.shape[0]) == (True, TEXT, 1)


def test_a_message_without_text_has_no_features(loaded: ReadingFeaturizer) -> None:
    (message,) = loaded.process([Message({"intent": "affirm"})])
    assert message.features == []
