import pytest

from actions.procedure_actions import ActionAnswerProcedure, ActionPickChoice
from actions.services import Services
from actions.talk_actions import ActionForgetTopic, ActionSay
from tests.actions.conftest import Talk


@pytest.mark.parametrize(
    "text, intent, status, told",
    [
        ("chào cán bộ", "greet", "smalltalk", "Chào Anh/Chị"),
        ("cam on nhe", "thank", "smalltalk", "Rất vui"),
        ("tạm biệt", "goodbye", "smalltalk", "Chào Anh/Chị"),
        ("vâng", "affirm", "smalltalk", "hỏi tiếp"),
        ("thôi", "deny", "smalltalk", "hỏi tiếp"),
        ("giúp gì được", "ask_help", "smalltalk", "mã hồ sơ"),
        ("gặp cán bộ", "request_human", "handed_over", "Trung tâm Phục vụ hành chính công"),
        ("làm ăn chậm trễ quá", "complain", "handed_over", "khiếu nại"),
        ("cháy nhà", "report_emergency", "referred_emergency", "114"),
        ("/send_attachment", "send_attachment", "asked_for_detail", "ảnh"),
        ("/send_nothing", "send_nothing", "asked_for_detail", "bằng chữ"),
        ("/send_too_much", "send_too_much", "asked_for_detail", "câu ngắn"),
        ("ờ", "an_intent_nobody_wrote_a_saying_for", "smalltalk", "mã hồ sơ"),
    ],
)
def test_each_saying_tells_what_to_do_next(talk: Talk, text: str, intent: str, status: str, told: str) -> None:
    reply = talk.turn(ActionSay(), text, intent)
    assert reply.status == status
    assert told in reply.text


def test_small_talk_leaves_the_procedure_in_hand(talk: Talk, services: Services) -> None:
    talk.turn(ActionAnswerProcedure(services), "khai sinh")
    talk.turn(ActionSay(), "cảm ơn", "thank")
    assert talk.turn(ActionAnswerProcedure(services), "bao nhiêu tiền", "ask_fee").status == "answered_from_guide"


def test_starting_over_forgets_the_procedure(talk: Talk, services: Services) -> None:
    talk.turn(ActionAnswerProcedure(services), "khai sinh")
    assert talk.turn(ActionForgetTopic(), "bắt đầu lại", "start_over").status == "smalltalk"
    assert talk.turn(ActionAnswerProcedure(services), "bao nhiêu tiền", "ask_fee").status == "asked_for_detail"


def test_starting_over_takes_the_choices_back(talk: Talk, services: Services) -> None:
    talk.turn(ActionAnswerProcedure(services), "tạm trú")
    talk.turn(ActionForgetTopic(), "bắt đầu lại", "start_over")
    assert talk.turn(ActionPickChoice(services), "2", "pick_choice").status == "asked_for_detail"
