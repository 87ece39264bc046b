"""A person is wanted: why, and what that person is told."""

import asyncio

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.procedure_actions import ActionAnswerProcedure
from actions.services import Services
from actions.talk_actions import ActionSay
from tests.actions.conftest import BIRTH, Talk, tracker


def handed_over(services: Services, text: str, intent: str, slots: dict) -> dict:
    """What goes to the gateway beside the words."""
    dispatcher = CollectingDispatcher()
    asyncio.run(ActionSay(services).run(dispatcher, tracker(text, intent, slots), {}))
    (found,) = [message["handover"] for message in dispatcher.messages if "handover" in message]
    return found


@pytest.mark.parametrize(
    "text, intent, reason", [("cho gặp cán bộ", "request_human", "asked"), ("làm ăn quá tệ", "complain", "complaint")]
)
def test_the_reason_is_told(services: Services, text: str, intent: str, reason: str) -> None:
    assert handed_over(services, text, intent, {})["reason"] == reason


def test_the_person_is_told_what_it_is_about_and_nothing_private(
    talk: Talk, services: Services, answer: ActionAnswerProcedure
) -> None:
    talk.turn(answer, "con 3 tuổi chưa khai sinh, em ở phường Võ Cường, cần giấy tờ gì", "ask_papers", place="phường Võ Cường")
    found = handed_over(services, "cho gặp cán bộ", "request_human", talk.slots)
    assert found["summary"]["procedure"].endswith(f"({BIRTH})")
    assert found["summary"]["section"] == "papers"
    assert found["summary"]["place"] == "phường Võ Cường"
    assert found["place"] == services.resolver.resolve("phường Võ Cường").unit.code
    assert set(found["summary"]["facts"]) <= {fact.label for fact in services.facts.all.values()}


def test_two_turns_in_a_row_that_lead_nowhere_are_handed_over(talk: Talk, answer: ActionAnswerProcedure) -> None:
    assert talk.turn(answer, "cái kia thì sao").status == "asked_for_detail"
    second = talk.turn(answer, "thì cái kia ấy")
    assert second.status == "handed_over" and "không phải lỗi của Anh/Chị" in second.text
    assert talk.turn(answer, "cái kia thì sao").status == "asked_for_detail"


def test_an_answer_in_between_begins_the_count_anew(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.turn(answer, "xin thị thực đi Mỹ")
    talk.turn(answer, "khai sinh")
    assert talk.turn(answer, "xin thị thực đi Mỹ").status == "declined_no_guide"


def test_choices_shown_for_the_third_time_are_handed_over(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.turn(answer, "tạm trú")
    assert talk.turn(answer, "nộp ở đâu ạ", "ask_place").status == "asked_which_procedure"
    assert talk.turn(answer, "có mất tiền không", "ask_fee").status == "handed_over"


def test_what_is_out_of_scope_is_no_matter_for_staff(talk: Talk, services: Services) -> None:
    answer = ActionAnswerProcedure(services)
    for _ in range(3):
        assert talk.turn(answer, "thời tiết hôm nay", "out_of_scope").status == "declined_out_of_scope"


@pytest.mark.parametrize(
    "text, told",
    [
        ("tôi tuyệt vọng lắm không biết kêu ai", "khó khăn"),
        ("bế tắc quá rồi", "khó khăn"),
        ("tao mang xăng đến đốt trụ sở cho biết", "bình tĩnh"),
        ("tao dap can bo day", "bình tĩnh"),
    ],
)
def test_despair_and_threats_go_to_a_person(talk: Talk, answer: ActionAnswerProcedure, text: str, told: str) -> None:
    reply = talk.turn(answer, text)
    assert reply.status == "handed_over" and told in reply.text


def test_what_is_clearly_asked_in_despair_is_answered(talk: Talk, answer: ActionAnswerProcedure) -> None:
    replies = talk.replies(answer, "tuyệt vọng quá, khai sinh cho con cần giấy tờ gì", "ask_papers")
    assert [reply.status for reply in replies] == ["", "answered_from_guide"]


def test_danger_comes_before_a_threat(talk: Talk, answer: ActionAnswerProcedure) -> None:
    assert talk.turn(answer, "nhà đang cháy, tao đốt trụ sở").status == "referred_emergency"
