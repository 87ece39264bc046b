import pytest
from rasa_sdk import Tracker

from actions.turn import Turn, asked_sections, read_turn
from motcua.vietnamese.vocabulary import Vocabulary


def _turn(text: str, intent: str | None = "ask_procedure", **entities: str) -> Turn:
    found = [
        {"entity": kind, "value": value, "start": text.index(value), "end": text.index(value) + len(value)}
        for kind, value in entities.items()
    ]
    message = {"text": text, "intent": {"name": intent}, "entities": found}
    return read_turn(Tracker("cuoc-1", {}, message, [], False, None, {}, None))


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
        ("khai sinh", "ask_procedure", ("overview",)),
        ("khai sinh", "nlu_fallback", ("overview",)),
        ("khai sinh", None, ("overview",)),
        ("lệ phí thế nào", "nlu_fallback", ("fee",)),
        ("le phi the nao", "ask_procedure", ("fee",)),
        ("khai sinh", "ask_fee", ("fee",)),
        ("cần giấy tờ gì và bao nhiêu tiền", "ask_fee", ("fee", "papers")),
        ("can giay to gi, bao nhieu tien", "nlu_fallback", ("papers", "fee")),
    ],
)
def test_the_sections_are_those_named_and_the_one_meant(
    vocabulary: Vocabulary, text: str, intent: str | None, sections: tuple[str, ...]
) -> None:
    assert asked_sections(_turn(text, intent), vocabulary) == sections


def test_three_sections_are_enough_for_one_message(vocabulary: Vocabulary) -> None:
    everything = "cần giấy tờ gì, bao nhiêu tiền, mấy ngày, nộp ở đâu, qua mạng được không"
    assert asked_sections(_turn(everything, "ask_fee"), vocabulary)[0] == "fee"
    assert len(asked_sections(_turn(everything, "ask_fee"), vocabulary)) == 3
