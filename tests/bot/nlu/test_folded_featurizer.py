import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.folded_featurizer import FoldedFeaturizer
from bot.nlu.vietnamese_tokenizer import VietnameseTokenizer

TOKENIZER = VietnameseTokenizer.create(VietnameseTokenizer.get_default_config())
EXAMPLES = [
    "làm giấy khai sinh cho con",
    "đăng ký tạm trú",
    "lệ phí bao nhiêu",
    "lý lịch tư pháp",
    "không",
    "hồ sơ đến đâu rồi",
]
WORDS = {"max_ngram": 3}
LETTERS = {"analyzer": "char_wb", "min_ngram": 2, "max_ngram": 4}


def _messages(*texts: str) -> list[Message]:
    return TOKENIZER.process([Message({TEXT: text}) for text in texts])


@pytest.fixture(scope="module", params=[WORDS, LETTERS], ids=["words", "letters"])
def featurizer(request: pytest.FixtureRequest, model_storage: LocalModelStorage) -> FoldedFeaturizer:
    """Trained and loaded again, as the bot has it."""
    config = {**FoldedFeaturizer.get_default_config(), **request.param}
    place = (model_storage, Resource(config["analyzer"]), ExecutionContext(GraphSchema({}), node_name="featurizer"))
    FoldedFeaturizer.create(config, *place).train(TrainingData(_messages(*EXAMPLES)))
    return FoldedFeaturizer.load(config, *place)


def _vector(featurizer: FoldedFeaturizer, text: str) -> np.ndarray:
    (message,) = featurizer.process(_messages(text))
    _, sentence = message.get_sparse_features(TEXT)
    assert sentence is not None
    return sentence.features.toarray()


@pytest.mark.parametrize(
    "text, otherwise",
    [
        ("làm giấy khai sinh", "lam giay khai sinh"),
        ("Đăng ký tạm trú", "dang ky tam tru"),
        ("đăng ký tạm trú", "ĐĂNG KÍ TẠM TRÚ"),
        ("lý lịch tư pháp", "lí lịch tư pháp"),
        ("lệ phí bao nhiêu", "le phi bn"),
        ("không", "ko"),
        ("hồ sơ đến đâu rồi", "hs den dau r"),
    ],
)
def test_however_it_is_spelt_a_question_has_the_same_features(featurizer: FoldedFeaturizer, text: str, otherwise: str) -> None:
    assert _vector(featurizer, text).any()
    assert np.array_equal(_vector(featurizer, text), _vector(featurizer, otherwise))


def test_different_questions_have_different_features(featurizer: FoldedFeaturizer) -> None:
    assert not np.array_equal(_vector(featurizer, "đăng ký tạm trú"), _vector(featurizer, "lệ phí bao nhiêu"))


@pytest.mark.parametrize("text", ["👶🏻🏠", "?!", "…"])
def test_a_message_without_a_word_has_a_row_of_zeros(featurizer: FoldedFeaturizer, text: str) -> None:
    vector = _vector(featurizer, text)
    assert vector.shape == _vector(featurizer, "đăng ký tạm trú").shape
    assert not vector.any()
