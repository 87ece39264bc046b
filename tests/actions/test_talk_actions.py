import pytest

from actions.procedure_actions import ActionAnswerProcedure, ActionPickChoice
from actions.services import Services
from actions.talk_actions import ActionForgetTopic, ActionSay
from tests.actions.conftest import BIRTH, MARRIAGE, Talk


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
def test_each_saying_tells_what_to_do_next(
    talk: Talk, services: Services, text: str, intent: str, status: str, told: str
) -> None:
    reply = talk.turn(ActionSay(services), text, intent)
    assert reply.status == status
    assert told in reply.text


@pytest.mark.parametrize("intent", ["greet", "thank", "ask_help", "request_human", "complain"])
def test_a_clear_question_taken_for_talk_is_answered(talk: Talk, services: Services, intent: str) -> None:
    reply = talk.turn(ActionSay(services), "chào cán bộ, đăng ký kết hôn cần giấy tờ gì", intent)
    assert (reply.status, reply.procedures[0], reply.sections) == ("answered_from_guide", MARRIAGE, ["papers"])


def test_an_emergency_gets_the_numbers_and_nothing_else(talk: Talk, services: Services) -> None:
    replies = talk.replies(ActionSay(services), "nhà cháy mất giấy đăng ký kết hôn", "report_emergency")
    assert [reply.status for reply in replies] == ["referred_emergency"]


def test_what_is_asked_after_an_emergency_is_answered_after_the_numbers(talk: Talk, services: Services) -> None:
    told = "sau hôm cấp cứu, đăng ký kết hôn cần giấy tờ gì"
    numbers, answered = talk.replies(ActionSay(services), told, "report_emergency")
    assert "115" in numbers.text
    assert answered.status == "answered_from_guide"


@pytest.mark.parametrize("intent", ["affirm", "deny"])
def test_a_yes_or_no_is_never_taken_for_a_question(talk: Talk, services: Services, intent: str) -> None:
    assert talk.turn(ActionSay(services), "ừ đúng rồi kết hôn", intent).status == "smalltalk"


def test_small_talk_leaves_the_procedure_in_hand(talk: Talk, services: Services) -> None:
    talk.turn(ActionAnswerProcedure(services), "khai sinh")
    talk.turn(ActionSay(services), "cảm ơn", "thank")
    assert talk.turn(ActionAnswerProcedure(services), "bao nhiêu tiền", "ask_fee").status == "answered_from_guide"


def test_starting_over_forgets_the_procedure(talk: Talk, services: Services) -> None:
    talk.turn(ActionAnswerProcedure(services), "khai sinh")
    assert talk.turn(ActionForgetTopic(services), "bắt đầu lại", "start_over").status == "smalltalk"
    assert talk.turn(ActionAnswerProcedure(services), "bao nhiêu tiền", "ask_fee").status == "asked_for_detail"


def test_starting_over_takes_the_choices_back(talk: Talk, services: Services) -> None:
    talk.turn(ActionAnswerProcedure(services), "tạm trú")
    talk.turn(ActionForgetTopic(services), "bắt đầu lại", "start_over")
    assert talk.turn(ActionPickChoice(services), "2", "pick_choice").status == "asked_for_detail"


def test_who_wants_a_person_is_handed_over_however_politely(talk: Talk, services: Services) -> None:
    talk.slots["procedure"] = BIRTH
    reply = talk.turn(ActionSay(services), "cho em gặp cán bộ được không ạ, em cảm ơn", "request_human")
    assert reply.status == "handed_over"


def test_a_thank_you_with_a_question_is_answered_and_one_without_is_not(talk: Talk, services: Services) -> None:
    talk.slots["procedure"] = BIRTH
    asked = talk.turn(ActionSay(services), "vâng thế lệ phí bn, em cảm ơn", "thank", asked={"fee": 1.0})
    assert (asked.procedures[0], asked.sections) == (BIRTH, ["fee"])
    assert talk.turn(ActionSay(services), "không còn gì nữa, cảm ơn em", "thank").status == "smalltalk"
