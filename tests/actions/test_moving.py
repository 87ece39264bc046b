"""Back to a topic, both, none of them, a kind word, a checklist, two matters in one message."""

import pytest

from actions.procedure_actions import ActionAnswerProcedure, ActionCorrectProcedure, ActionPickChoice
from actions.talk_actions import ActionForgetTopic, ActionSay
from tests.actions.conftest import BIRTH, IDENTITY_CARD, MARRIAGE, RESIDENCE, RESIDENCE_LONGER


@pytest.fixture
def say(services):
    return ActionSay(services)


@pytest.mark.parametrize("text", ["quay lại việc khai sinh lúc nãy", "quay lai viec khai sinh"])
def test_an_earlier_topic_is_gone_back_to_by_name(talk, answer, text):
    for said in ("khai sinh", "kết hôn", "căn cước"):
        talk.turn(answer, said)
    assert talk.turn(answer, text).procedures[0] == BIRTH
    assert talk.turn(answer, "bao nhiêu tiền", "ask_fee").procedures[0] == BIRTH


@pytest.mark.parametrize("intent", ["ask_procedure", "nlu_fallback"])
def test_without_a_name_it_is_the_topic_before(talk, answer, intent):
    for said in ("khai sinh", "kết hôn", "căn cước"):
        talk.turn(answer, said)
    assert talk.turn(answer, "quay lại việc lúc nãy", intent).procedures[0] == MARRIAGE


def test_back_to_a_topic_with_a_question_answers_that_question(talk, answer):
    talk.turn(answer, "khai sinh")
    talk.turn(answer, "kết hôn")
    reply = talk.turn(answer, "quay lại việc khai sinh, hết bao nhiêu tiền", "ask_fee")
    assert (reply.procedures[0], reply.sections) == (BIRTH, ["fee"])


def test_back_without_an_earlier_topic_is_read_as_a_question(talk, answer):
    assert talk.turn(answer, "quay lại việc khai sinh").procedures[0] == BIRTH


@pytest.mark.parametrize(
    "action, text, intent",
    [
        (ActionAnswerProcedure, "không có cái nào đúng", "nlu_fallback"),
        (ActionPickChoice, "ko cai nao dung", "pick_choice"),
        (ActionCorrectProcedure, "đều không phải", "correct_procedure"),
        (ActionSay, "không", "deny"),
    ],
)
def test_none_of_the_choices_asks_for_more_then_shows_the_way_to_a_person(talk, answer, services, action, text, intent):
    talk.turn(answer, "tạm trú")
    reply = talk.turn(action(services), text, intent)
    assert reply.status == "asked_for_detail"
    assert "kể thêm" in reply.text
    talk.turn(answer, "tạm trú")
    assert talk.turn(action(services), text, intent).status == "handed_over"


def test_an_answer_between_begins_the_count_anew(talk, answer):
    for said, status in [
        ("tạm trú", "asked_which_procedure"),
        ("không có cái nào đúng", "asked_for_detail"),
        ("kết hôn", "answered_from_guide"),
        ("tạm trú", "asked_which_procedure"),
        ("không có cái nào đúng", "asked_for_detail"),
    ]:
        assert talk.turn(answer, said).status == status


@pytest.mark.parametrize("text", ["cả hai", "1 và 2", "ca 2"])
def test_both_choices_are_answered_in_order(talk, answer, pick, text):
    talk.turn(answer, "tạm trú hết bao nhiêu tiền", "ask_fee")
    lead, one, other = talk.replies(pick, text, "pick_choice")
    assert "hai việc" in lead.text
    assert [(reply.procedures[0], reply.sections) for reply in (one, other)] == [
        (RESIDENCE, ["fee"]),
        (RESIDENCE_LONGER, ["fee"]),
    ]


def test_two_matters_in_one_message_are_both_answered_and_followed_up(talk, answer):
    _, one, other = talk.replies(answer, "khai sinh cho con và đăng ký kết hôn hết bao nhiêu tiền", "ask_fee")
    assert (one.procedures[0], other.procedures[0]) == (BIRTH, MARRIAGE)
    _, one, other = talk.replies(answer, "mấy ngày", "ask_time")
    assert [(reply.procedures[0], reply.sections) for reply in (one, other)] == [(BIRTH, ["time"]), (MARRIAGE, ["time"])]
    assert talk.turn(answer, "căn cước bao nhiêu tiền", "ask_fee").procedures[0] == IDENTITY_CARD
    assert talk.turn(answer, "mấy ngày", "ask_time").procedures[0] == IDENTITY_CARD


def test_a_long_story_is_not_cut_in_two(talk, answer):
    story = "em sinh con ở nhà và chồng em đi làm xa chưa về được và em muốn hỏi khai sinh rồi sau này mới kết hôn được không ạ"
    assert talk.turn(answer, story).status == "answered_from_guide"


@pytest.mark.parametrize("text", ["bố em mất hôm qua, khai sinh cho con em thì sao", "bo em moi mat, khai sinh cho con em"])
def test_the_bereaved_are_condoled_once(talk, answer, text):
    assert "chia buồn" in talk.replies(answer, text)[0].text
    assert len(talk.replies(answer, text)) == 1


def test_the_angry_get_a_calm_word_and_the_answer(talk, answer, say):
    calm, reply = talk.replies(say, "bực mình quá, kết hôn cần giấy tờ gì", "complain")
    assert "Trợ lý hiểu" in calm.text
    assert (reply.procedures[0], reply.sections) == (MARRIAGE, ["papers"])


def test_the_angry_are_answered_about_the_procedure_in_hand(talk, answer, say):
    talk.turn(answer, "kết hôn")
    assert talk.turn(say, "lằng nhằng thế, bao nhiêu tiền", "complain").sections == ["fee"]


def test_a_complaint_keeps_its_own_words(talk, say):
    (reply,) = talk.replies(say, "bức xúc quá, cán bộ hách dịch", "complain")
    assert reply.status == "handed_over"


@pytest.mark.parametrize("text, intent", [("tóm lại cần mang gì", "ask_papers"), ("viết ra giúp u", "ask_checklist")])
def test_a_checklist_holds_papers_place_fee_and_time(talk, answer, services, text, intent):
    talk.turn(answer, "khai sinh mà nhờ người khác làm thay", "ask_procedure")
    reply = talk.turn(answer, text, intent)
    guide = services.guides[BIRTH]
    assert (reply.procedures[0], reply.sections) == (BIRTH, ["checklist"])
    assert "1. ☐ Văn bản ủy quyền" in reply.text
    assert all(f"☐ {paper.name}" in reply.text for paper in guide.papers)
    assert all(head in reply.text for head in ("Nơi nộp:", "Lệ phí:", "Thời gian:", guide.decision))


def test_a_checklist_without_a_procedure_asks_for_one_and_follows(talk, answer):
    assert talk.turn(answer, "cho tôi danh sách", "ask_checklist").status == "asked_for_detail"
    assert talk.turn(answer, "kết hôn").sections == ["checklist"]


def test_no_choice_is_refused_where_steps_were_told(talk, say):
    talk.slots |= {"life_event": "ket-hon", "offered": [MARRIAGE, BIRTH], "procedure": MARRIAGE}
    assert talk.turn(say, "không", "deny").status == "smalltalk"


@pytest.mark.parametrize("text", ["quay lại việc khai sinh lúc nãy", "quay lại việc lúc nãy"])
def test_a_way_back_taken_for_a_start_afresh_is_followed(talk, answer, services, text):
    talk.turn(answer, "khai sinh")
    talk.turn(answer, "kết hôn")
    assert talk.turn(ActionForgetTopic(services), text, "start_over").procedures[0] == BIRTH


@pytest.mark.parametrize("text", ["quay lại từ đầu", "bắt đầu lại", "bat dau lai tu dau"])
def test_a_start_afresh_is_no_way_back(talk, answer, services, text):
    talk.turn(answer, "khai sinh")
    talk.turn(answer, "kết hôn")
    assert talk.turn(ActionForgetTopic(services), text, "start_over").status == "smalltalk"
    assert talk.turn(answer, "bao nhiêu tiền", "ask_fee").status == "asked_for_detail"


def test_a_procedure_that_does_both_is_answered_and_each_is_offered(talk, answer, pick):
    both, single = talk.replies(answer, "khai sinh và kết hôn hết bao nhiêu tiền", "ask_fee")
    assert (both.procedures, both.sections) == ([IDENTITY_CARD, BIRTH, MARRIAGE], ["fee"])
    assert single.offered == [BIRTH, MARRIAGE]
    assert talk.turn(pick, "2", "pick_choice").procedures[0] == MARRIAGE
