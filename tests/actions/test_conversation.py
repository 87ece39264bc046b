import pytest

from actions.dossier_actions import ActionCheckDossier
from actions.procedure_actions import ActionAnswerProcedure, ActionCorrectProcedure
from actions.services import Services
from motcua.vietnamese.vocabulary import Vocabulary
from tests.actions.conftest import BIRTH, MARRIAGE, RESIDENCE, RESIDENCE_LONGER, Talk


@pytest.fixture
def correct(services):
    return ActionCorrectProcedure(services)


@pytest.mark.parametrize(
    "text",
    [
        "lệ phí bao nhiêu",
        "hết bao nhiêu tiền",
        "mất bao nhiêu tiền",
        "mất bao lâu",
        "mat bao lau",
        "thời gian bao lâu",
        "hồ sơ gồm những gì",
        "cần những giấy tờ gì",
        "bao giờ có kết quả",
        "căn cứ luật nào",
        "lấy tờ khai ở đâu",
    ],
)
def test_a_question_about_a_section_alone_has_no_other_content(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.content(text) == []


def test_a_question_about_a_section_alone_asks_for_the_procedure(talk, answer):
    assert talk.turn(answer, "lệ phí bao nhiêu", "ask_fee").status == "asked_for_detail"


def test_the_section_asked_for_first_is_answered_once_the_procedure_is_named(talk, answer):
    talk.turn(answer, "bao nhiêu tiền", "ask_fee")
    assert talk.turn(answer, "khai sinh").sections == ["fee"]


@pytest.mark.parametrize("text", ["phường Võ Cường", "ở phường Võ Cường", "em ở xã Danh Thắng ạ"])
def test_the_commune_that_was_asked_for_is_understood(talk, answer, text):
    place = "Danh Thắng" if "Danh" in text else "Võ Cường"
    talk.turn(answer, "khai sinh nộp ở đâu", "ask_place")
    reply = talk.turn(answer, text, "nlu_fallback", place=place)
    assert (reply.status, reply.sections) == ("answered_from_guide", ["place"])


def test_a_place_named_with_the_question_holds_for_the_choice(talk, answer, pick):
    talk.turn(answer, "tạm trú nộp ở đâu, em ở Võ Cường", "ask_place", place="Võ Cường")
    assert "phường Võ Cường" in talk.turn(pick, "1", "pick_choice").text


def test_a_place_named_with_a_code_names_the_office(talk, answer):
    text = "1.001193 nộp ở đâu, em ở Võ Cường"
    assert "phường Võ Cường" in talk.turn(answer, text, "ask_place", place="Võ Cường", procedure_code="1.001193").text


def test_a_choice_retired_since_it_was_offered_is_asked_for_again(talk, pick):
    talk.slots["offered"] = ["1.999999", BIRTH]
    assert talk.turn(pick, "1", "pick_choice").status in ("asked_for_detail", "asked_which_procedure")


def test_a_correction_by_code_goes_over_to_it(talk, answer, correct):
    talk.turn(answer, "khai sinh")
    reply = talk.turn(correct, "không, ý tôi là 1.000894", "correct_procedure", procedure_code="1.000894")
    assert reply.procedures == [MARRIAGE]


def test_another_procedure_named_instead_of_a_choice_is_answered(talk, answer, pick):
    talk.turn(answer, "tạm trú")
    assert talk.turn(pick, "thôi, đăng ký kết hôn", "pick_choice").procedures[0] == MARRIAGE


def test_a_choice_with_a_question_of_its_own_answers_that_question(talk, answer, pick):
    talk.turn(answer, "tạm trú")
    assert talk.turn(pick, "số 1, bao nhiêu tiền", "pick_choice").sections == ["fee"]


@pytest.mark.parametrize("text", ["hồ sơ khai sinh em nộp tới đâu rồi", "kết hôn nộp tuần trước đã có chưa"])
def test_how_far_a_named_dossier_has_come_asks_for_its_code(talk, services, text):
    assert talk.turn(ActionCheckDossier(services), text, "check_dossier_status").status == "asked_for_detail"


def test_a_number_outside_of_the_list_is_offered_the_same_again_whatever_the_intent(talk: Talk, services: Services) -> None:
    talk.turn(ActionAnswerProcedure(services), "tạm trú")
    again = talk.turn(ActionAnswerProcedure(services), "9", "nlu_fallback")
    assert (again.status, again.offered) == ("asked_which_procedure", [RESIDENCE, RESIDENCE_LONGER])


def test_what_is_taken_back_does_not_make_the_rest_unlikely(talk: Talk, services: Services) -> None:
    talk.slots["procedure"] = RESIDENCE
    corrected = talk.turn(ActionCorrectProcedure(services), "không, ý tôi là tạm trú khác", "correct_procedure")
    assert corrected.procedures[0] == RESIDENCE_LONGER
    assert corrected.status == "asked_which_procedure"
