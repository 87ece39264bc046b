from datetime import date, timedelta

import pytest

from actions.procedure_actions import ActionAnswerProcedure
from actions.services import Services
from actions.talk_actions import ActionSay
from motcua.places.offices import Calendar
from tests.actions.conftest import BIRTH, MARRIAGE, Talk


@pytest.fixture
def answer(services: Services) -> ActionAnswerProcedure:
    return ActionAnswerProcedure(services)


@pytest.fixture
def say(services: Services) -> ActionSay:
    return ActionSay(services)


def test_a_citizen_is_told_the_centre_of_their_place(talk: Talk, answer: ActionAnswerProcedure) -> None:
    reply = talk.turn(answer, "tôi ở Võ Cường thì đến đâu?", "ask_place", place="Võ Cường")
    assert reply.status == "answered_place"
    assert "Trung tâm Phục vụ hành chính công phường Võ Cường" in reply.text
    assert "chưa xác nhận" in reply.text
    assert talk.turn(answer, "khai sinh nộp ở đâu", "ask_place").text.count("phường Võ Cường") == 1


def test_what_is_known_of_a_centre_is_told_with_its_date(talk: Talk, answer: ActionAnswerProcedure) -> None:
    reply = talk.turn(answer, "tôi ở phường Bắc Giang", "ask_place", place="phường Bắc Giang")
    assert "Ngô Quyền" in reply.text
    assert "15/12/2025" in reply.text
    assert "Điện thoại, giờ làm việc của Trung tâm: chưa xác nhận." in reply.text


@pytest.mark.parametrize(
    ("said", "place", "told"),
    [
        ("xã Đoan Bái giờ là gì", "xã Đoan Bái", "Xã Đoan Bái cũ (huyện Hiệp Hòa) nay thuộc phường Hiệp Hòa."),
        ("suối hoa nay thuộc phường nào", "suối hoa", "Phường Suối Hoa cũ (thành phố Bắc Ninh) nay thuộc phường Kinh Bắc."),
        ("phường Kinh Bắc sáp nhập với đâu", "phường Kinh Bắc", "Phường Kinh Bắc là tên hôm nay, gồm "),
        (
            "xa dong tien hiep hoa gio la xa nao",
            "xa dong tien hiep hoa",
            "Xã Đồng Tiến cũ (huyện Hiệp Hòa) nay thuộc xã Hoàng Vân.",
        ),
    ],
)
def test_an_old_name_is_told_as_it_is_today(
    talk: Talk, answer: ActionAnswerProcedure, said: str, place: str, told: str
) -> None:
    reply = talk.turn(answer, said, place=place)
    assert reply.status == "answered_place"
    assert told in reply.text


def test_the_name_asked_about_is_asked_back_and_answered_once_it_is_clear(talk: Talk, answer: ActionAnswerProcedure) -> None:
    asked = talk.turn(answer, "dong tien gio la gi", place="dong tien")
    assert (asked.status, len(asked.offered)) == ("asked_for_detail", 3)
    reply = talk.turn(answer, "Yên Thế", "nlu_fallback", place="Yên Thế")
    assert (reply.status, talk.slots["place"]) == ("answered_place", "07246")
    assert "Xã Đồng Tiến cũ (huyện Yên Thế) nay thuộc xã Xuân Lương." in reply.text


@pytest.mark.parametrize(("intent", "said"), [("pick_choice", "1"), ("affirm", "cái đầu"), ("nlu_fallback", "Hoàng Vân")])
def test_the_answer_goes_on_whatever_the_choice_is_taken_for(
    talk: Talk, answer: ActionAnswerProcedure, say: ActionSay, intent: str, said: str
) -> None:
    talk.turn(answer, "kết hôn nộp ở đâu, tôi ở Đồng Tiến", "ask_place", place="Đồng Tiến")
    reply = talk.turn(say if intent == "affirm" else answer, said, intent)
    assert (reply.status, reply.procedures[0], reply.sections) == ("answered_from_guide", MARRIAGE, ["place"])
    assert "xã Hoàng Vân" in reply.text


def test_an_old_district_is_narrowed_by_the_old_commune(talk: Talk, answer: ActionAnswerProcedure) -> None:
    asked = talk.turn(answer, "kết hôn ở Lục Nam nộp ở đâu", "ask_place", place="Lục Nam")
    assert (asked.status, asked.offered) == ("asked_for_detail", [])
    assert "Huyện Lục Nam cũ" in asked.text
    reply = talk.turn(answer, "Bảo Sơn", "ask_place", place="Bảo Sơn")
    assert (reply.status, reply.procedures[0]) == ("answered_from_guide", MARRIAGE)
    assert "xã Bảo Đài" in reply.text


@pytest.mark.parametrize(
    ("said", "intent", "status"), [("đúng rồi", "affirm", "answered_from_guide"), ("không", "deny", "asked_for_detail")]
)
def test_a_slip_is_confirmed(
    talk: Talk, answer: ActionAnswerProcedure, say: ActionSay, said: str, intent: str, status: str
) -> None:
    asked = talk.turn(answer, "kết hôn ở Võ Cương nộp ở đâu", "ask_place", place="Võ Cương")
    assert "Anh/Chị ở phường Võ Cường phải không?" in asked.text
    assert talk.turn(say, said, intent).status == status


def test_another_question_leaves_the_place_open(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.turn(answer, "kết hôn ở Đồng Tiến nộp ở đâu", "ask_place", place="Đồng Tiến")
    reply = talk.turn(answer, "thôi, khai sinh cần giấy tờ gì", "ask_papers")
    assert (reply.procedures[0], reply.sections) == (BIRTH, ["papers"])
    assert talk.slots["place_asked"] is None


@pytest.mark.parametrize(
    "said", ["thứ bảy có làm không", "mấy giờ mở cửa ạ", "số điện thoại một cửa", "chu nhat co lam viec khong"]
)
def test_hours_and_telephones_are_not_made_up(talk: Talk, answer: ActionAnswerProcedure, said: str) -> None:
    reply = talk.turn(answer, said, "ask_place")
    assert reply.status == "answered_place"
    assert "chưa xác nhận" in reply.text
    assert "sáng thứ Bảy (theo dichvucong.gov.vn, 07/2026)" in reply.text


def test_no_visit_of_the_mobile_one_stop_is_made_up(talk: Talk, say: ActionSay) -> None:
    reply = talk.turn(say, "lịch một cửa lưu động", "ask_help")
    assert reply.status == "answered_place"
    assert "Lịch một cửa lưu động: chưa xác nhận." in reply.text


def test_a_visit_that_is_known_is_told(talk: Talk, services: Services) -> None:
    source = {"url": "vidu.vn", "as_of": "2026-11"}
    visit = {"unit": "09190", "place": "nhà văn hóa", "day": date.today() + timedelta(1), "begins": "08:00", "ends": "11:00"}
    past = {**visit, "place": "chợ", "day": date(2025, 1, 1)}
    calendar = Calendar.model_validate({"visits": [{**visit, "source": source}, {**past, "source": source}]})
    action = ActionAnswerProcedure(Services(**{**vars(services), "calendar": calendar}))
    text = talk.turn(action, "lịch một cửa lưu động ở Võ Cường", place="Võ Cường").text
    assert "08:00–11:00: nhà văn hóa, phường Võ Cường" in text
    assert "chợ" not in text


def test_a_centre_without_a_place_is_asked_for(talk: Talk, answer: ActionAnswerProcedure) -> None:
    asked = talk.turn(answer, "một cửa ở đâu", "ask_place")
    assert (asked.status, asked.offered) == ("asked_for_detail", [])
    assert "Ở phường Quế Võ" in talk.turn(answer, "phường Quế Võ", "greet", place="phường Quế Võ").text


def test_a_greeting_with_a_place_remembers_it(talk: Talk, say: ActionSay) -> None:
    talk.turn(say, "chào, tôi ở Võ Cường", "greet", place="Võ Cường")
    assert talk.slots["place"] == "09190"
