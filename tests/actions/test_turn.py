from dataclasses import replace

import pytest
from rasa_sdk import Tracker

from actions.turn import MIN_AGAINST_NAME, MIN_TO_MEAN_SECTION, MIN_TO_MEAN_TOO, Turn, asked_sections, read_turn
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


@pytest.mark.parametrize(
    "text, intent, confidence, sections",
    [
        ("giấy tờ nộp ở đâu", "ask_place", 0.9, ("place",)),
        ("giay to nop o dau", "ask_place", 0.9, ("place",)),
        ("giấy tờ nộp ở đâu", "ask_place", MIN_AGAINST_NAME, ("place",)),
        ("giấy tờ nộp ở đâu", "ask_place", MIN_AGAINST_NAME - 0.01, ("papers",)),
        ("giấy tờ nộp ở đâu", "ask_procedure", 0.9, ("overview",)),
        ("giấy tờ nộp ở đâu", "greet", 0.9, ("papers",)),
        ("lệ phí thế nào", "ask_papers", 0.9, ("papers",)),
        ("lệ phí thế nào", "ask_papers", MIN_AGAINST_NAME - 0.01, ("fee",)),
    ],
)
def test_against_a_name_the_intent_counts_if_it_is_surer(
    vocabulary: Vocabulary, text: str, intent: str, confidence: float, sections: tuple[str, ...]
) -> None:
    assert asked_sections(_turn(text, intent, confidence), vocabulary) == sections


@pytest.mark.parametrize(
    "text",
    [
        "cần giấy tờ gì, nộp ở đâu",
        "cần giấy tờ gì; nộp ở đâu",
        "cần giấy tờ gì? nộp ở đâu",
        "cần giấy tờ gì và nộp ở đâu",
        "can giay to gi va nop o dau",
        "cần giấy tờ gì rồi nộp ở đâu",
        "Cần giấy tờ gì CÙNG VỚI nộp ở đâu",
    ],
)
def test_several_sections_one_beside_the_other_are_all_asked_for_whatever_the_intent(vocabulary: Vocabulary, text: str) -> None:
    assert asked_sections(_turn(text, "ask_place", 1.0), vocabulary) == ("papers", "place")


@pytest.mark.parametrize("confidence, sections", [(MIN_TO_MEAN_TOO, ("fee", "time")), (MIN_TO_MEAN_TOO - 0.01, ("fee",))])
def test_two_sections_named_and_meant_need_no_word_between_them(
    vocabulary: Vocabulary, confidence: float, sections: tuple[str, ...]
) -> None:
    said = _turn("mở công ty bao nhiêu tiền bao nhiêu ngày", "ask_fee", 0.7)
    turn = replace(said, second_intent="ask_time", second_confidence=confidence)
    assert asked_sections(turn, vocabulary) == sections


@pytest.mark.parametrize("text", ["danh sách cần mang", "giấy tờ gì, bao nhiêu tiền"])
def test_whoever_wants_a_checklist_gets_it_and_no_section_beside(vocabulary: Vocabulary, text: str) -> None:
    turn = replace(_turn(text, "ask_papers", 1.0), moves=frozenset({"checklist"}))
    assert asked_sections(turn, vocabulary) == ("checklist",)


@pytest.mark.parametrize("confidence, section", [(MIN_TO_MEAN_SECTION, "fee"), (MIN_TO_MEAN_SECTION - 0.01, "overview")])
def test_an_unsure_intent_alone_asks_for_an_overview(vocabulary: Vocabulary, confidence: float, section: str) -> None:
    assert asked_sections(_turn("khai sinh", "ask_fee", confidence), vocabulary) == (section,)


def test_three_sections_are_enough_for_one_message(vocabulary: Vocabulary) -> None:
    everything = "cần giấy tờ gì, bao nhiêu tiền, mấy ngày, nộp ở đâu, qua mạng được không"
    assert len(asked_sections(_turn(everything), vocabulary)) == 3
