import pytest

from motcua.vietnamese.numbers import choice_number


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
