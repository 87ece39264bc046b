import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.question_joiner import QuestionJoiner
from bot.nlu.sections_of import JOINED, sections_of

EXAMPLES = [
    Message.build("khai sinh cho con", "ask_procedure"),
    Message.build("giấy khai sinh có được làm hộ không?", "ask_conditions"),
    Message.build("cần giấy gì", "ask_papers"),
    Message.build("mấy ngày có", "ask_time"),
    Message.build("xin chào", "greet"),
    Message.build("trích lục hết bao nhiêu và ở đâu", "ask_fee", example_metadata={"sections": ["fee", "place"]}),
]


@pytest.fixture(scope="module")
def joined() -> list[Message]:
    examples = QuestionJoiner().process_training_data(TrainingData(EXAMPLES)).training_examples
    return [example for example in examples if example.get(JOINED)]


def test_two_questions_that_ask_for_one_section_are_joined(joined: list[Message]) -> None:
    asked = {example.get(TEXT): sections_of(example) for example in joined}
    assert asked["giấy khai sinh có được làm hộ không, cần giấy gì"] == {"conditions", "papers"}
    assert asked["khai sinh cho con và mấy ngày có"] == {"time"}


def test_a_part_asks_for_one_section_about_a_procedure(joined: list[Message]) -> None:
    assert not any("xin chào" in example.get(TEXT) or "trích lục" in example.get(TEXT) for example in joined)


def test_what_is_joined_teaches_no_intent(joined: list[Message]) -> None:
    assert not any(example.get(INTENT) for example in joined)


def test_the_same_examples_are_joined_alike(joined: list[Message]) -> None:
    again = QuestionJoiner().process_training_data(TrainingData(EXAMPLES)).training_examples
    assert [example.get(TEXT) for example in again if example.get(JOINED)] == [example.get(TEXT) for example in joined]
