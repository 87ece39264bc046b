import pytest
from rasa_sdk import Tracker

from actions.turn import Turn, asked_sections, read_turn
from motcua.vietnamese.vocabulary import Vocabulary
from tests.actions.conftest import tracker


def _turn(text: str, intent: str = "ask_procedure", confidence: float = 0.9, **entities: str) -> Turn:
    return read_turn(tracker(text, intent, {}, confidence=confidence, **entities))


def test_a_turn_without_any_reading_is_empty() -> None:
    turn = read_turn(Tracker("cuoc-1", {}, None, [], False, None, {}, None))
    assert (turn.text, turn.intent, turn.procedure, turn.sections, turn.offered) == ("", "", None, (), ())


@pytest.mark.parametrize(
    "text, entities, about",
    [
        ("khai sinh ở Võ Cường", {"place": "Võ Cường"}, "khai sinh ở"),
        ("căn cước [số định danh] bị mất", {"identity_number": "[số định danh]"}, "căn cước bị mất"),
        ("tạm trú từ 20/11", {"date": "20/11"}, "tạm trú từ"),
        ("khai sinh cho con", {"person": "con"}, "khai sinh cho con"),
    ],
)
def test_places_dates_and_numbers_say_nothing_of_the_procedure(text: str, entities: dict[str, str], about: str) -> None:
    assert _turn(text, **entities).about.split() == about.split()


@pytest.mark.parametrize(
    "text, intent, sections",
    [
        ("lệ phí thế nào", "nlu_fallback", ("fee",)),
        ("le phi the nao", "greet", ("fee",)),
        ("cần giấy tờ gì và bao nhiêu tiền", "ask_fee", ("papers", "fee")),
        ("can giay to gi, bao nhieu tien", "nlu_fallback", ("papers", "fee")),
    ],
)
def test_the_sections_named_are_asked_for(vocabulary: Vocabulary, text: str, intent: str, sections: tuple[str, ...]) -> None:
    assert asked_sections(_turn(text, intent), vocabulary) == sections


@pytest.mark.parametrize(
    "intent, confidence, section",
    [
        ("ask_fee", 0.95, "fee"),
        ("ask_legal_basis", 0.8, "legal_basis"),
        ("ask_fee", 0.3, "overview"),
        ("ask_procedure", 0.9, "overview"),
        ("nlu_fallback", 0.9, "overview"),
        ("greet", 0.9, "overview"),
    ],
)
def test_where_none_is_named_the_intent_counts_if_it_is_sure(
    vocabulary: Vocabulary, intent: str, confidence: float, section: str
) -> None:
    assert asked_sections(_turn("khai sinh", intent, confidence), vocabulary) == (section,)


def test_three_sections_are_enough_for_one_message(vocabulary: Vocabulary) -> None:
    everything = "cần giấy tờ gì, bao nhiêu tiền, mấy ngày, nộp ở đâu, qua mạng được không"
    assert len(asked_sections(_turn(everything), vocabulary)) == 3
