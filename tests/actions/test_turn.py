from dataclasses import replace

import pytest
from rasa_sdk import Tracker

from actions.turn import MIN_BESIDE, MIN_TO_MEAN, Turn, asked_sections, read_turn
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


def _asked(text: str, *, intent: str = "ask_procedure", **chances: float) -> Turn:
    return replace(_turn(text, intent), sections_asked=chances)


def test_what_the_recognizer_heard_is_read() -> None:
    assert read_turn(tracker("khai sinh", "ask_fee", {}, confidence=0.7)).sections_asked == {"fee": 0.7}


@pytest.mark.parametrize(
    "text, chances, sections",
    [
        ("khai sinh hết mấy đồng", {"fee": MIN_TO_MEAN, "time": 0.1}, ("fee",)),
        ("khai sinh cho con", {"fee": MIN_TO_MEAN - 0.01}, ("overview",)),
        ("giấy tờ nộp ở đâu", {"place": 0.8, "papers": MIN_BESIDE - 0.01}, ("place",)),
        ("khai sinh cho con", {"papers": MIN_BESIDE, "place": 0.8}, ("place", "papers")),
        ("giấy tờ gì, nộp ở đâu", {"papers": 0.8, "place": 0.85}, ("papers", "place")),
        ("khai sinh", {}, ("overview",)),
        ("làm thế nào, giấy tờ gì", {"overview": 0.7, "papers": 0.6}, ("papers", "overview")),
        ("mất giấy từ lâu, phải làm sao", {"overview": 0.9, "time": 0.6}, ("overview",)),
        ("trình tự thế nào", {"steps": 0.9, "overview": 0.6}, ("steps",)),
        ("làm sao, nộp mạng được không", {"overview": 0.9, "online": 0.95}, ("online", "overview")),
    ],
)
def test_sections_that_are_likely_are_asked_for_the_likeliest_first_or_as_named(
    vocabulary: Vocabulary, text: str, chances: dict[str, float], sections: tuple[str, ...]
) -> None:
    assert asked_sections(_asked(text, **chances), vocabulary) == sections


@pytest.mark.parametrize("text", ["danh sách cần mang", "giấy tờ gì, bao nhiêu tiền"])
def test_whoever_wants_a_checklist_gets_it_and_no_section_beside(vocabulary: Vocabulary, text: str) -> None:
    turn = replace(_asked(text, papers=1.0), moves=frozenset({"checklist"}))
    assert asked_sections(turn, vocabulary) == ("checklist",)


def test_the_name_of_a_place_names_no_section(vocabulary: Vocabulary) -> None:
    chances = {"papers": 0.9, "fee": 0.85}
    said = replace(_turn("khai sinh ở Đồng Tiền", place="Đồng Tiền"), sections_asked=chances)
    assert asked_sections(said, vocabulary) == ("papers", "fee")


def test_three_sections_are_enough_for_one_message(vocabulary: Vocabulary) -> None:
    everything = {"papers": 0.9, "fee": 0.8, "time": 0.8, "place": 0.7, "online": 0.6}
    assert asked_sections(_asked("cần giấy tờ gì, bao nhiêu tiền", **everything), vocabulary) == ("papers", "fee", "time")
