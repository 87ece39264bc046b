import pytest

from motcua.places.questions import PlaceQuestions, load_place_questions
from motcua.settings import ROOT


@pytest.fixture(scope="module")
def questions() -> PlaceQuestions:
    return load_place_questions(ROOT / "knowledge_base" / "place_questions.yml")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("xã Đoan Bái giờ là gì", "today"),
        ("xa doan bai nay thuoc xa nao", "today"),
        ("xa an binh gio ve dau r", "today"),
        ("thứ bảy có làm không", "hours"),
        ("may gio mo cua", "hours"),
        ("số điện thoại của một cửa", "phone"),
        ("lịch một cửa lưu động tháng này", "mobile"),
        ("ủy ban ở đâu", "centre"),
    ],
)
def test_what_is_asked_of_a_place_is_told_apart(questions: PlaceQuestions, text: str, asked: str) -> None:
    assert questions.of(text)[0] == asked


def test_what_else_is_asked_about_is_left(questions: PlaceQuestions) -> None:
    assert "chiếu" in questions.rest("thứ bảy có làm hộ chiếu không")
