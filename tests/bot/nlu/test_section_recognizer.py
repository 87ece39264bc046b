import numpy as np
import pytest
import scipy.sparse as sparse
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.reading_featurizer import READ
from bot.nlu.section_recognizer import SECTIONS_ASKED, SectionRecognizer
from motcua.vietnamese.terms import terms

WORDS = ["khai_sinh", "giấy_tờ", "tiền", "ngày", "chào"]
CONTEXT = ExecutionContext(GraphSchema({}), node_name="sections")


def message(text: str, intent: str = "", *sections: str) -> Message:
    """With one feature a word."""
    row = sparse.coo_matrix([[np.float32(word in text.split()) for word in WORDS]])
    metadata = {"example": {"sections": list(sections)}} if sections else None
    found = Message.build(text, intent or None, example_metadata=metadata and metadata["example"])
    found.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, "words"))
    found.set(READ, terms(text.replace("_", " ")))
    return found


EXAMPLES = [
    *[message("khai_sinh", "ask_procedure")] * 4,
    *[message("khai_sinh giấy_tờ", "ask_papers"), message("giấy_tờ", "ask_papers")] * 2,
    *[message("khai_sinh tiền", "ask_fee"), message("tiền", "ask_fee")] * 2,
    *[message("khai_sinh giấy_tờ tiền", "ask_papers", "papers", "fee")] * 2,
    *[message("khai_sinh ngày", "ask_time")] * 2,
    *[message("giấy_tờ chào", "ask_help"), message("tiền", "out_of_scope")] * 9,
]


@pytest.fixture(scope="module")
def loaded(model_storage: LocalModelStorage) -> SectionRecognizer:
    """Trained, kept and read again, as the bot has it."""
    resource = Resource("sections")
    SectionRecognizer.create({}, model_storage, resource, CONTEXT).train(TrainingData(EXAMPLES))
    return SectionRecognizer.load({}, model_storage, resource, CONTEXT)


def asked(recognizer: SectionRecognizer, text: str) -> set[str]:
    (found,) = recognizer.process([message(text)])
    return {section for section, chance in found.get(SECTIONS_ASKED).items() if chance >= 0.5}


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("khai_sinh giấy_tờ", {"papers"}),
        ("tiền", {"fee"}),
        ("khai_sinh tiền giấy_tờ", {"papers", "fee"}),
        ("khai_sinh", set()),
        ("khai_sinh ngày", {"time"}),
    ],
)
def test_each_section_is_heard_by_itself(loaded: SectionRecognizer, text: str, sections: set[str]) -> None:
    assert asked(loaded, text) == sections


def test_what_is_asked_is_heard_where_the_story_says_something_else(model_storage: LocalModelStorage) -> None:
    """None of these words is known to the featurizer: only those around the question word and at the end tell."""
    resource = Resource("asking")
    told = ["nhà hết tiền từ lâu nay con đi học xin trợ cấp", "hôm qua bố mất ví ở chợ giờ làm lại thẻ"]
    asks = {"ask_papers": "cần những giấy tờ gì", "ask_fee": "hết bao nhiêu tiền", "ask_time": "mấy ngày thì xong"}
    examples = [message(f"{story} thì {asking}", intent) for story in told for intent, asking in asks.items()]
    SectionRecognizer.create({}, model_storage, resource, CONTEXT).train(TrainingData(examples * 3))
    recognizer = SectionRecognizer.load({}, model_storage, resource, CONTEXT)
    assert asked(recognizer, "nhà hết tiền mấy ngày rồi muốn vay vốn thì cần những giấy tờ gì") == {"papers"}


def test_who_asks_how_to_go_about_it_asks_for_the_overview(model_storage: LocalModelStorage) -> None:
    resource = Resource("how")
    how = [message(f"{matter} phải làm thế nào", "ask_procedure") for matter in ("mất sổ", "xin trợ cấp", "đổi thẻ")]
    told = [message(matter, "ask_procedure") for matter in ("mất sổ", "xin trợ cấp", "đổi thẻ")]
    fee = [message(f"{matter} hết bao nhiêu tiền", "ask_fee") for matter in ("mất sổ", "xin trợ cấp", "đổi thẻ")]
    SectionRecognizer.create({}, model_storage, resource, CONTEXT).train(TrainingData([*how, *told, *fee]))
    recognizer = SectionRecognizer.load({}, model_storage, resource, CONTEXT)
    assert asked(recognizer, "mất thẻ phải làm thế nào") == {"overview"}
    assert asked(recognizer, "mất thẻ") == set()


def test_what_asks_about_no_procedure_teaches_nothing(loaded: SectionRecognizer) -> None:
    (found,) = loaded.process([message("chào")])
    assert set(found.get(SECTIONS_ASKED)) == {"papers", "fee", "time"}


def test_what_was_heard_is_told_to_the_actions(loaded: SectionRecognizer) -> None:
    (found,) = loaded.process([message("tiền")])
    assert SECTIONS_ASKED in found.as_dict(only_output_properties=True)


def test_without_a_text_nothing_is_heard(loaded: SectionRecognizer) -> None:
    (found,) = loaded.process([Message({INTENT: {"name": "greet"}})])
    assert found.get(SECTIONS_ASKED) is None
