"""What a citizen tells decides the case; where nothing does, one question is asked and never again."""

import pytest

from actions.procedure_actions import ActionAnswerProcedure, ActionPickChoice
from actions.talk_actions import ActionForgetTopic, ActionSay
from tests.actions.conftest import BIRTH, IDENTITY_CARD, MARRIAGE


def _case(services, code, case_id):
    return next(case for case in services.guides[code].cases if case.id == case_id)


@pytest.mark.parametrize("text", ["căn cước bị mất cần giấy tờ gì", "em bi mat can cuoc can giay to gi"])
def test_the_case_told_comes_first_with_the_reason(talk, answer, services, text):
    reply = talk.turn(answer, text, "ask_papers")
    lost, guide = _case(services, IDENTITY_CARD, "cap-lai-mat-hong"), services.guides[IDENTITY_CARD]
    assert reply.status == "answered_from_guide"
    assert f"Vì Anh/Chị nói bị mất: {lost.when}" in reply.text
    assert reply.text.index(lost.when) < reply.text.index(guide.papers[0].name)


def test_a_case_undecided_is_asked_with_the_papers_everyone_needs(talk, answer, services):
    reply = talk.turn(answer, "căn cước cần giấy tờ gì", "ask_papers")
    assert (reply.status, reply.procedures, reply.sections) == ("asked_which_case", [IDENTITY_CARD], ["papers"])
    assert services.guides[IDENTITY_CARD].papers[0].name in reply.text
    assert 2 <= len(reply.offered) <= 4


@pytest.mark.parametrize(
    "text, intent", [("2", "pick_choice"), ("cái thứ hai", "pick_choice"), ("cháu mới 10 tuổi ạ", "nlu_fallback")]
)
def test_the_case_is_taken_by_number_or_told(talk, answer, pick, services, text, intent):
    talk.turn(answer, "căn cước cần giấy tờ gì", "ask_papers")
    reply = talk.turn(pick if intent == "pick_choice" else answer, text, intent)
    assert (reply.status, reply.sections) == ("answered_from_guide", ["papers"])
    assert _case(services, IDENTITY_CARD, "tre-tu-6-den-duoi-14").papers[0].name in reply.text


@pytest.mark.parametrize(
    "action, text, intent",
    [
        (ActionAnswerProcedure, "không rõ", "nlu_fallback"),
        (ActionSay, "không", "deny"),
        (ActionPickChoice, "9", "pick_choice"),
        (ActionAnswerProcedure, "trường hợp khác", "ask_procedure"),
    ],
)
def test_who_is_in_none_of_the_cases_reads_them_all_and_is_not_asked_again(talk, answer, services, action, text, intent):
    talk.turn(answer, "căn cước cần giấy tờ gì", "ask_papers")
    reply = talk.turn(action(services), text, intent)
    assert reply.status == "answered_from_guide"
    assert all(case.when in reply.text for case in services.guides[IDENTITY_CARD].cases)
    assert talk.turn(answer, "cần giấy tờ gì", "ask_papers").status == "answered_from_guide"


def test_another_question_instead_of_a_case_is_answered(talk, answer):
    talk.turn(answer, "căn cước cần giấy tờ gì", "ask_papers")
    assert talk.turn(answer, "bao nhiêu tiền", "ask_fee").sections == ["fee"]
    assert talk.turn(answer, "2", "nlu_fallback").sections != ["papers"]


def test_a_case_chosen_holds_for_later_questions(talk, answer, pick, services):
    talk.turn(answer, "căn cước cần giấy tờ gì", "ask_papers")
    talk.turn(pick, "2", "pick_choice")
    talk.turn(answer, "kết hôn", "ask_procedure")
    case = _case(services, IDENTITY_CARD, "tre-tu-6-den-duoi-14")
    assert case.when in talk.turn(answer, "căn cước cần giấy tờ gì", "ask_papers").text


@pytest.mark.parametrize("code, text", [(MARRIAGE, "kết hôn cần giấy tờ gì"), (BIRTH, "khai sinh cần giấy tờ gì")])
def test_a_procedure_whose_cases_are_rare_is_answered_at_once(talk, answer, code, text):
    reply = talk.turn(answer, text, "ask_papers")
    assert (reply.status, reply.procedures[0]) == ("answered_from_guide", code)


def test_a_fact_told_afterwards_shows_its_papers(talk, answer, services):
    talk.turn(answer, "khai sinh cần giấy tờ gì", "ask_papers")
    reply = talk.turn(answer, "em đẻ ở nhà", "nlu_fallback")
    case = _case(services, BIRTH, "khong-co-giay-chung-sinh")
    assert (reply.procedures[0], reply.sections) == (BIRTH, ["papers"])
    assert case.papers[0].name in reply.text


def test_a_fact_of_one_paper_is_none_of_another(talk, answer):
    talk.turn(answer, "căn cước bị mất cần giấy tờ gì", "ask_papers")
    assert "bị mất" not in talk.turn(answer, "kết hôn cần giấy tờ gì", "ask_papers").text
    assert "Vì Anh/Chị nói bị mất" in talk.turn(answer, "căn cước cần giấy tờ gì", "ask_papers").text


def test_a_fact_of_a_person_holds_for_all(talk, answer):
    talk.turn(answer, "khai sinh mà nhờ người khác làm thay cần giấy tờ gì", "ask_papers")
    talk.turn(answer, "kết hôn", "ask_procedure")
    assert "Vì Anh/Chị nói nhờ người khác làm thay" in talk.turn(answer, "khai sinh cần giấy tờ gì", "ask_papers").text


def test_a_fact_taken_back_is_forgotten(talk, answer):
    talk.turn(answer, "căn cước bị mất cần giấy tờ gì", "ask_papers")
    assert "nói bị mất" not in talk.turn(answer, "à không bị mất, hết hạn thôi, cần giấy tờ gì", "ask_papers").text


def test_starting_over_forgets_what_was_told(talk, answer, services):
    talk.turn(answer, "căn cước bị mất cần giấy tờ gì", "ask_papers")
    talk.turn(ActionForgetTopic(services), "bắt đầu lại", "start_over")
    assert talk.turn(answer, "căn cước cần giấy tờ gì", "ask_papers").status == "asked_which_case"


@pytest.mark.parametrize("text", ["không có giấy đó thì sao", "thieu giay thi sao"])
def test_a_missing_paper_is_told_what_stands_in_for_it(talk, answer, services, text):
    talk.turn(answer, "khai sinh cần giấy tờ gì", "ask_papers")
    reply = talk.turn(answer, text, "ask_papers")
    assert (reply.procedures[0], reply.sections) == (BIRTH, ["missing_paper"])
    assert _case(services, BIRTH, "khong-co-giay-chung-sinh").papers[0].name in reply.text
