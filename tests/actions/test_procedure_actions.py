import re
from collections.abc import Callable
from pathlib import Path

import pytest

from actions.procedure_actions import ActionAnswerProcedure, ActionCorrectProcedure, ActionPickChoice
from actions.services import Services
from actions.talk_actions import ActionSay
from motcua.procedures.guide import SECTIONS, Guide, Section, intent_of
from motcua.procedures.loader import Guides
from motcua.procedures.proof import numbers
from tests.actions.conftest import BIRTH, BIRTH_ABROAD, IDENTITY_CARD, MARRIAGE, RESIDENCE, RESIDENCE_LONGER, Talk

_NUMBERING = re.compile(r"^\s*\d+\. |\(theo [^)]*\)", re.MULTILINE)  # and the source of what is told of an office


@pytest.fixture
def answer(services: Services) -> ActionAnswerProcedure:
    return ActionAnswerProcedure(services)


@pytest.fixture
def correct(services: Services) -> ActionCorrectProcedure:
    return ActionCorrectProcedure(services)


@pytest.fixture
def pick(services: Services) -> ActionPickChoice:
    return ActionPickChoice(services)


@pytest.mark.parametrize(
    "text, intent, section, fact",
    [
        ("khai sinh", "ask_procedure", "overview", lambda guide: guide.summary),
        ("khai sinh cần giấy tờ gì", "ask_papers", "papers", lambda guide: guide.cases[0].papers[0].name),
        ("khai sinh can giay to gi", "ask_papers", "papers", lambda guide: guide.papers[0].name),
        ("khai sinh hết bao nhiêu tiền", "ask_fee", "fee", lambda guide: guide.channels[0].fee_note),
        ("lam khai sinh mat bn tien", "ask_fee", "fee", lambda guide: guide.channels[0].fee_note),
        ("khai sinh mấy ngày", "ask_time", "time", lambda guide: guide.channels[0].time),
        ("khai sinh nộp ở đâu", "ask_place", "place", lambda guide: guide.where.note),
        ("khai sinh làm thế nào", "ask_steps", "steps", lambda guide: guide.channels[1].steps[0]),
        ("khai sinh qua mạng được không", "ask_online", "online", lambda guide: guide.way("online").steps[1]),
        ("ai được khai sinh", "ask_conditions", "conditions", lambda guide: guide.who),
        ("khai sinh xong nhận được gì", "ask_result", "result", lambda guide: guide.result),
        ("khai sinh theo luật nào", "ask_legal_basis", "legal_basis", lambda guide: guide.legal_basis[0].number),
        ("khai sinh dùng mẫu đơn nào", "ask_forms", "forms", lambda guide: "mẫu"),
    ],
)
def test_the_section_asked_for_is_answered_with_its_source(
    talk: Talk, answer: ActionAnswerProcedure, services: Services, text: str, intent: str, section: str, fact: Callable
) -> None:
    reply = talk.turn(answer, text, intent)
    guide = services.guides[BIRTH]
    assert (reply.status, reply.procedures[0], reply.sections[0]) == ("answered_from_guide", BIRTH, section)
    assert fact(guide) in reply.text
    assert guide.decision in reply.text
    assert reply.sources[0]["decision"] == guide.decision


def test_several_sections_in_one_message_are_all_answered(
    talk: Talk, answer: ActionAnswerProcedure, services: Services
) -> None:
    asked = {"papers": 0.9, "fee": 0.8, "time": 0.7}
    reply = talk.turn(answer, "khai sinh cần giấy tờ gì, bao nhiêu tiền, mấy ngày", "ask_papers", asked=asked)
    guide = services.guides[BIRTH]
    assert reply.sections == ["papers", "fee", "time"]
    assert all(fact in reply.text for fact in (guide.papers[0].name, guide.channels[0].fee_note, guide.channels[0].time))
    assert reply.text.count(guide.decision) == 1


@pytest.mark.parametrize(
    "text, intent, section",
    [
        ("thế lệ phí bao nhiêu ạ", "ask_fee", "fee"),
        ("mat bao lau", "ask_time", "time"),
        ("nop o dau", "ask_place", "place"),
        ("còn giấy tờ thì sao", "ask_papers", "papers"),
    ],
)
def test_a_follow_up_keeps_to_the_procedure_in_hand(
    talk: Talk, answer: ActionAnswerProcedure, text: str, intent: str, section: str
) -> None:
    talk.turn(answer, "đăng ký kết hôn")
    reply = talk.turn(answer, text, intent)
    assert (reply.procedures[0], reply.sections) == (MARRIAGE, [section])


def test_another_procedure_by_name_takes_over(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.turn(answer, "đăng ký kết hôn")
    assert talk.turn(answer, "khai sinh hết bao nhiêu tiền", "ask_fee").procedures[0] == BIRTH
    assert talk.turn(answer, "mấy ngày", "ask_time").procedures[0] == BIRTH


def test_a_question_about_nothing_asks_for_the_procedure(talk: Talk, answer: ActionAnswerProcedure) -> None:
    assert talk.turn(answer, "bao nhiêu tiền", "ask_fee").status == "asked_for_detail"


def test_a_procedure_retired_since_it_was_named_is_asked_for_again(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.slots["procedure"] = "1.999999"
    assert talk.turn(answer, "bao nhiêu tiền", "ask_fee").status == "asked_for_detail"


def test_close_procedures_are_offered_by_the_question_that_separates_them(talk: Talk, answer: ActionAnswerProcedure) -> None:
    reply = talk.turn(answer, "tạm trú")
    assert (reply.status, reply.offered) == ("asked_which_procedure", [RESIDENCE, RESIDENCE_LONGER])
    assert "1. Làm lần đầu\n2. Gia hạn" in reply.text


@pytest.mark.parametrize(
    "text, code",
    [
        ("1", RESIDENCE),
        ("số 1", RESIDENCE),
        ("cái đầu", RESIDENCE),
        ("2 ạ", RESIDENCE_LONGER),
        ("so 2", RESIDENCE_LONGER),
        ("cái thứ hai", RESIDENCE_LONGER),
        ("cái cuối", RESIDENCE_LONGER),
        ("gia hạn", RESIDENCE_LONGER),
        ("gia han a", RESIDENCE_LONGER),
    ],
)
def test_a_choice_is_taken_by_number_or_name_and_answers_what_was_asked(
    talk: Talk, answer: ActionAnswerProcedure, pick: ActionPickChoice, text: str, code: str
) -> None:
    talk.turn(answer, "tạm trú hết bao nhiêu tiền", "ask_fee")
    reply = talk.turn(pick, text, "pick_choice")
    assert (reply.status, reply.procedures[0], reply.sections) == ("answered_from_guide", code, ["fee"])


def test_a_choice_by_name_counts_as_well_where_it_was_taken_for_a_question(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.turn(answer, "tạm trú hết bao nhiêu tiền", "ask_fee")
    reply = talk.turn(answer, "gia hạn")
    assert (reply.procedures[0], reply.sections) == (RESIDENCE_LONGER, ["fee"])


@pytest.mark.parametrize("text", ["7", "số 0", "cái thứ năm", "cái kia", "tạm trú"])
def test_a_choice_that_fits_none_or_several_is_offered_again(
    talk: Talk, answer: ActionAnswerProcedure, pick: ActionPickChoice, text: str
) -> None:
    first = talk.turn(answer, "tạm trú")
    again = talk.turn(pick, text, "pick_choice")
    assert (again.status, again.offered) == (first.status, first.offered)


def test_a_number_without_choices_asks_what_it_is_about(talk: Talk, pick: ActionPickChoice) -> None:
    assert talk.turn(pick, "2", "pick_choice").status == "asked_for_detail"


@pytest.mark.parametrize(
    "text",
    ["không, ý tôi là kết hôn", "nhầm rồi, kết hôn cơ", "ko phai, y em la ket hon", "kết hôn chứ không phải khai sinh"],
)
def test_a_correction_goes_over_to_what_is_named(
    talk: Talk, answer: ActionAnswerProcedure, correct: ActionCorrectProcedure, text: str
) -> None:
    talk.turn(answer, "khai sinh hết bao nhiêu tiền", "ask_fee")
    reply = talk.turn(correct, text, "correct_procedure")
    assert (reply.procedures[0], reply.sections) == (MARRIAGE, ["fee"])


def test_a_correction_never_gives_the_corrected_procedure_again(
    talk: Talk, answer: ActionAnswerProcedure, correct: ActionCorrectProcedure
) -> None:
    talk.turn(answer, "khai sinh")
    assert BIRTH not in talk.turn(correct, "không phải, khai sinh khác cơ", "correct_procedure").procedures


@pytest.mark.parametrize("text", ["sai rồi", "không phải", "nham roi", "không đúng"])
def test_a_correction_that_names_nothing_is_asked_what_is_meant(
    talk: Talk, answer: ActionAnswerProcedure, correct: ActionCorrectProcedure, text: str
) -> None:
    talk.turn(answer, "khai sinh")
    assert talk.turn(correct, text, "correct_procedure").status == "asked_for_detail"


@pytest.mark.parametrize("text", ["xin thị thực đi Mỹ", "xin thi thuc di my", "mở công ty đa quốc gia", "cấp phép nuôi hổ"])
def test_what_no_guide_is_about_is_declined_and_not_guessed(talk: Talk, answer: ActionAnswerProcedure, text: str) -> None:
    reply = talk.turn(answer, text)
    assert (reply.status, reply.procedures, reply.sources) == ("declined_no_guide", [], [])


def test_what_is_declined_may_be_what_comes_near_after_all(
    talk: Talk, answer: ActionAnswerProcedure, pick: ActionPickChoice
) -> None:
    reply = talk.turn(answer, "thẻ cho mèo")
    assert (reply.status, reply.offered) == ("declined_no_guide", [IDENTITY_CARD])
    assert "không đoán" in reply.text and "1. " in reply.text
    assert talk.turn(pick, "1", "pick_choice").procedures[0] == IDENTITY_CARD


def test_who_asks_on_is_asked_whether_the_only_one_near_is_meant(
    talk: Talk, answer: ActionAnswerProcedure, services: Services
) -> None:
    talk.turn(answer, "thẻ cho mèo")
    asked = talk.turn(answer, "hồ sơ gồm những gì", "ask_papers")
    assert (asked.status, asked.offered) == ("asked_which_procedure", [IDENTITY_CARD])
    taken = talk.turn(ActionSay(services), "đúng rồi", "affirm")
    assert (taken.procedures[0], taken.sections) == (IDENTITY_CARD, ["papers"])


def test_choices_are_shown_again_to_who_asks_on_without_choosing(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.turn(answer, "tạm trú")
    again = talk.turn(answer, "nộp ở đâu ạ", "ask_place")
    assert (again.status, again.offered) == ("asked_which_procedure", [RESIDENCE, RESIDENCE_LONGER])
    assert again.sections == ["place"]


def test_in_the_midst_of_a_matter_nothing_near_is_named(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.turn(answer, "khai sinh")
    reply = talk.turn(answer, "thẻ cho mèo")
    assert (reply.status, reply.offered) == ("declined_no_guide", [])


def test_what_is_no_business_of_ours_is_declined_as_such(talk: Talk, answer: ActionAnswerProcedure) -> None:
    assert talk.turn(answer, "hôm nay trời mưa không", "out_of_scope").status == "declined_out_of_scope"


def test_a_clear_question_is_answered_even_where_the_intent_was_misread(talk: Talk, answer: ActionAnswerProcedure) -> None:
    assert talk.turn(answer, "khai sinh cho con", "out_of_scope").status == "answered_from_guide"


def test_a_choice_between_clear_procedures_is_offered_even_where_the_intent_was_misread(
    talk: Talk, answer: ActionAnswerProcedure
) -> None:
    assert talk.turn(answer, "tạm trú", "out_of_scope").status == "asked_which_procedure"


def test_a_declined_question_takes_the_choices_back(talk: Talk, answer: ActionAnswerProcedure, pick: ActionPickChoice) -> None:
    talk.turn(answer, "tạm trú")
    talk.turn(answer, "xin thị thực đi Mỹ")
    assert talk.turn(pick, "2", "pick_choice").status == "handed_over"  # the second turn that led nowhere


def test_a_typed_code_finds_its_procedure(talk: Talk, answer: ActionAnswerProcedure) -> None:
    reply = talk.turn(answer, "mã 1.000894 hết bao nhiêu tiền", "ask_fee", procedure_code="1.000894")
    assert (reply.status, reply.procedures[0], reply.sections) == ("answered_from_guide", MARRIAGE, ["fee"])


def test_an_old_code_finds_the_procedure_of_today(talk: Talk, answer: ActionAnswerProcedure, services: Services) -> None:
    (old, *_) = services.guides[IDENTITY_CARD].replaces
    reply = talk.turn(answer, f"thủ tục {old}", procedure_code=old)
    assert reply.procedures[0] == IDENTITY_CARD
    assert services.guides[IDENTITY_CARD].name in reply.text


def test_an_unknown_code_is_declined(talk: Talk, answer: ActionAnswerProcedure) -> None:
    assert talk.turn(answer, "mã 9.999999", procedure_code="9.999999").status == "declined_no_guide"


@pytest.mark.parametrize(
    "place, unit",
    [("Võ Cường", "phường Võ Cường"), ("vo cuong", "phường Võ Cường"), ("Danh Thắng", "phường Hiệp Hòa")],
)
def test_a_known_place_names_the_office_of_today(talk: Talk, answer: ActionAnswerProcedure, place: str, unit: str) -> None:
    reply = talk.turn(answer, f"khai sinh nộp ở đâu, nhà ở {place}", "ask_place", place=place)
    assert unit in reply.text


def test_a_place_that_may_be_several_is_asked_back_and_the_answer_goes_on(talk: Talk, answer: ActionAnswerProcedure) -> None:
    asked = talk.turn(answer, "khai sinh nộp ở đâu, nhà ở Đồng Tiến", "ask_place", place="Đồng Tiến")
    assert (asked.status, len(asked.offered)) == ("asked_for_detail", 2)
    assert "1. xã Đồng Tiến cũ (huyện Hiệp Hòa), nay là xã Hoàng Vân" in asked.text
    reply = talk.turn(answer, "2", "pick_choice")
    assert (reply.status, reply.procedures[0], reply.sections) == ("answered_from_guide", BIRTH, ["place"])
    assert "xã Xuân Lương" in reply.text


def test_a_place_given_afterwards_goes_with_the_procedure_in_hand(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.turn(answer, "khai sinh nộp ở đâu", "ask_place")
    reply = talk.turn(answer, "ở Võ Cường", "ask_place", place="Võ Cường")
    assert reply.procedures[0] == BIRTH
    assert "phường Võ Cường" in reply.text


@pytest.mark.parametrize("section", SECTIONS)
def test_no_answer_holds_a_number_that_its_guide_does_not(
    section: Section, guides: Guides, build: Callable[..., Services], responses: dict[str, str], tmp_path: Path
) -> None:
    answer = ActionAnswerProcedure(build(tmp_path, *guides))
    invented = []
    for code in guides:
        reply = Talk(responses).turn(answer, code, intent_of(section), procedure_code=code)
        assert (reply.procedures[0], reply.sections) == (code, [section])
        invented += [(code, number) for number in sorted(numbers(_NUMBERING.sub("", reply.text)) - _known(guides[code]))]
    assert invented == []


def _known(guide: Guide) -> set[str]:
    return numbers(guide.model_dump_json()) | {str(len(guide.cases))}


@pytest.mark.parametrize("text", ["khai sinh nước ngoài", "khai sinh nuoc ngoai"])
def test_the_runners_up_are_told_to_staff_and_not_to_the_citizen(
    talk: Talk, answer: ActionAnswerProcedure, services: Services, text: str
) -> None:
    reply = talk.turn(answer, text)
    assert reply.procedures == [BIRTH_ABROAD, BIRTH]
    assert reply.text.startswith(services.guides[BIRTH_ABROAD].name)
