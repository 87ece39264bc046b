import pytest

from motcua.procedures.choosing import chosen, is_only_a_choice


@pytest.mark.parametrize(
    "text, count, numbers",
    [
        ("2", 4, [2]),
        ("số 2", 4, [2]),
        ("cái thứ hai", 4, [2]),
        ("việc đầu tiên", 8, [1]),
        ("viec thu ba", 8, [3]),
        ("cái cuối", 3, [3]),
        ("cái trên cùng", 3, [1]),
        ("cái ở giữa", 3, [2]),
        ("1 và 3", 4, [1, 3]),
        ("so 2 va so 3", 4, [2, 3]),
        ("cái đầu với cái thứ ba", 4, [1, 3]),
        ("hai cái đầu", 4, [1, 2]),
        ("7", 4, []),
        ("tạm trú", 4, []),
    ],
)
def test_numbers_and_places_in_the_list_are_understood(text: str, count: int, numbers: list[int]) -> None:
    assert chosen(text, count) == numbers


@pytest.mark.parametrize(
    "text, is_choice", [("cái thứ hai nhé", True), ("cho em số 2 ạ", True), ("số 2 bao nhiêu tiền", False), ("", False)]
)
def test_a_message_that_asks_something_is_more_than_a_choice(text: str, is_choice: bool) -> None:
    assert is_only_a_choice(text) is is_choice
