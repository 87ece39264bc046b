"""A skill is led through step by step: branches, a way back, a pause, and other questions in between."""

import pytest

from actions.procedure_actions import ActionAnswerProcedure, ActionPickChoice
from actions.services import Services
from actions.talk_actions import ActionSay
from tests.actions.conftest import MARRIAGE, Reply, Talk

SKILL = "answered_digital_skill"


@pytest.fixture
def say(services: Services) -> ActionSay:
    return ActionSay(services)


def begun(talk: Talk, answer: ActionAnswerProcedure) -> Reply:
    return talk.turn(answer, "kích hoạt VNeID")


def test_a_skill_begins_with_what_is_needed_and_a_check(talk: Talk, answer: ActionAnswerProcedure) -> None:
    reply = begun(talk, answer)
    assert reply.status == SKILL
    assert "Bước 1/6" in reply.text and "Cần có sẵn" in reply.text and "có thể khác" in reply.text and "OTP" in reply.text
    assert len(reply.offered) == 3 and "1. Đã làm rồi" in reply.text


@pytest.mark.parametrize(
    "text, intent",
    [
        ("1", "pick_choice"),
        ("tiếp tục", "nlu_fallback"),
        ("xong rồi ạ", "affirm"),
        ("Đã làm rồi", "ask_procedure"),
        ("ừ", "affirm"),
    ],
)
def test_what_went_well_leads_to_the_next_step(
    talk: Talk, answer: ActionAnswerProcedure, say: ActionSay, text: str, intent: str
) -> None:
    begun(talk, answer)
    assert "Bước 2/6" in talk.turn(say, text, intent).text


def test_what_went_wrong_is_helped_and_asked_again(talk: Talk, answer: ActionAnswerProcedure, pick: ActionPickChoice) -> None:
    begun(talk, answer)
    talk.turn(pick, "1", "pick_choice")
    reply = talk.turn(pick, "3", "pick_choice")
    assert "hết chỗ chứa" in reply.text and "Vẫn ở bước 2/6" in reply.text
    assert "Bước 3/6" in talk.turn(pick, "1", "pick_choice").text


def test_a_no_takes_the_screen_that_says_no(talk: Talk, answer: ActionAnswerProcedure, say: ActionSay) -> None:
    begun(talk, answer)
    reply = talk.turn(say, "chưa", "deny")
    assert "Công an phường, xã" in reply.text and "tiếp tục" in reply.text


def test_a_skill_can_be_left_and_gone_on_with(talk: Talk, answer: ActionAnswerProcedure, pick: ActionPickChoice) -> None:
    begun(talk, answer)
    talk.turn(pick, "1", "pick_choice")
    assert "bước 2/6" in talk.turn(answer, "dừng lại").text
    other = talk.turn(answer, "kết hôn cần giấy tờ gì", "ask_papers")
    assert other.procedures == [MARRIAGE]
    assert "Bước 2/6" in talk.turn(answer, "tiếp tục").text


def test_a_question_in_between_is_answered_and_takes_the_numbers(
    talk: Talk, answer: ActionAnswerProcedure, pick: ActionPickChoice
) -> None:
    begun(talk, answer)
    assert talk.turn(answer, "tạm trú").status == "asked_which_procedure"
    assert talk.turn(pick, "1", "pick_choice").status == "answered_from_guide"
    assert "Bước 1/6" in talk.turn(answer, "làm tiếp").text


def test_the_step_before_can_be_seen_again(talk: Talk, answer: ActionAnswerProcedure, pick: ActionPickChoice) -> None:
    begun(talk, answer)
    talk.turn(pick, "1", "pick_choice")
    assert "Bước 1/6" in talk.turn(answer, "quay lại").text
    assert "Bước 1/6" in talk.turn(answer, "quay lại").text


def test_the_last_step_ends_the_skill(talk: Talk, answer: ActionAnswerProcedure, pick: ActionPickChoice) -> None:
    begun(talk, answer)
    for _ in range(5):
        talk.turn(pick, "1", "pick_choice")
    reply = talk.turn(pick, "1", "pick_choice")
    assert "đã dùng được" in reply.text and reply.offered == []
    assert talk.turn(answer, "tiếp tục").status != SKILL


def test_a_branch_jumps_to_its_step(talk: Talk, answer: ActionAnswerProcedure, pick: ActionPickChoice) -> None:
    talk.turn(answer, "có người gọi xưng công an hỏi mã otp")
    assert "113" in talk.turn(pick, "3", "pick_choice").text


def test_a_procedure_asked_about_online_keeps_its_answer(talk: Talk, answer: ActionAnswerProcedure) -> None:
    reply = talk.turn(answer, "nộp hồ sơ đăng ký kết hôn qua mạng thế nào", "ask_online")
    assert reply.procedures == [MARRIAGE]
    assert talk.turn(answer, "nộp hồ sơ online kiểu gì", "ask_online").procedures == [MARRIAGE]
    assert talk.turn(answer, "nộp hồ sơ trực tuyến từng bước", "ask_online").status == SKILL


def test_a_skill_taken_for_small_talk_is_found(talk: Talk, say: ActionSay) -> None:
    assert talk.turn(say, "nhận biết lừa đảo", "out_of_scope").status == SKILL


def test_a_step_an_editor_took_away_leads_nowhere_wrong(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.slots["skill"] = {"id": "vneid", "step": "khong-con", "is_open": True}
    assert talk.turn(answer, "1").status != SKILL
