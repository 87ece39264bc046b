import pytest

from motcua.vietnamese.ages import find_ages


@pytest.mark.parametrize(
    ("told", "months"),
    [
        ("cháu 13 tuổi", [156]),
        ("mới sinh được 2 tháng", [2]),
        ("bé 3 tháng tuổi", [3]),
        ("cụ tám mươi tuổi", [960]),
        ("con được 2 tuổi rưỡi", [30]),
        ("con 3t", [36]),
        ("nghỉ 2 tháng", []),
        ("bao nhiêu tuổi", []),
        ("500 tuổi", []),
    ],
)
def test_ages_are_read_in_months(told: str, months: list[float]) -> None:
    assert [found.value for found in find_ages(told)] == months
