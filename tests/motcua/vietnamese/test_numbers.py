import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.vietnamese.numbers import choice_number, find_numbers

PHRASES = st.lists(
    st.sampled_from(["hai", "triệu", "rưỡi", "mười", "lăm", "mươi", "linh", "chục", "2tr5", "1.500", "12/3", "ngày"])
    | st.text(max_size=6)
).map(" ".join)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("1", 1),
        ("số 2", 2),
        ("so 3 di", 3),
        ("2 nhé", 2),
        ("chọn 4", 4),
        ("lựa chọn 2", 2),
        ("1)", 1),
        ("mục 3.", 3),
        ("cái thứ ba", 3),
        ("cai thu hai", 2),
        ("thứ nhất", 1),
        ("cái đầu tiên", 1),
        ("thứ tư", 4),
        ("bốn", 4),
        ("số một ạ", 1),
        ("cái cuối", 4),
        ("cái cuối cùng", 4),
        ("cai cuoi cung nhe", 4),
    ],
)
def test_a_choice_is_understood(said: str, number: int) -> None:
    assert choice_number(said, 4) == number


@pytest.mark.parametrize("said", ["5", "0", "99", "thứ năm", "2024", "12/11", "1.001193", "đăng ký tạm trú", "không", "", "🙂"])
def test_what_is_not_on_offer_is_no_choice(said: str) -> None:
    assert choice_number(said, 4) is None


def test_the_last_depends_on_how_many_there_are() -> None:
    assert [choice_number("cái cuối", count) for count in (2, 3)] == [2, 3]


def test_a_digit_wins_over_a_word() -> None:
    assert choice_number("nhà có hai cháu, chọn số 3", 4) == 3


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("hai triệu rưỡi", [2_500_000]),
        ("phạt hai triệu tám", [2_800_000]),
        ("trăm ba", [130]),
        ("một trăm linh năm nghìn", [105_000]),
        ("một tỷ hai trăm triệu", [1_200_000_000]),
        ("nghìn rưỡi", [1500]),
        ("mười lăm ngày", [15]),
        ("muoi lam ngay", [15]),
        ("bốn mươi lăm tuổi", [45]),
        ("hăm ba, ba lăm", [23, 35]),
        ("một chục", [10]),
        ("2tr5 với 500k", [2_500_000, 500_000]),
        ("1.500.000 đồng, 2,5 ngày", [1_500_000, 2.5]),
        ("một năm rưỡi", [1.5]),
        ("năm ngày nữa", [5]),
        ("nhà có 2 con, 3 cháu", [2, 3]),
        ("3 củ", [3]),
    ],
)
def test_numbers_are_found(said: str, values: list[float]) -> None:
    assert [found.value for found in find_numbers(said)] == values


@pytest.mark.parametrize(
    "said",
    [
        "15/11/2026",
        "mã 1.001193",
        "123/2015/NĐ-CP",
        "H05-261103-0042",
        "ba tôi",
        "năm ngoái",
        "tháng ba",
        "không",
        "tu ngay",
        "",
    ],
)
def test_codes_dates_and_words_that_are_no_numbers_stay(said: str) -> None:
    assert find_numbers(said) == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(PHRASES)
def test_a_number_stands_where_it_was_found(text: str) -> None:
    for found in find_numbers(text):
        assert text[found.start : found.end].strip() == text[found.start : found.end] != ""


def test_offsets_are_those_of_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "được hai triệu rưỡi ạ")
    assert [text[found.start : found.end] for found in find_numbers(text)] == [unicodedata.normalize("NFD", "hai triệu rưỡi")]
