import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.vietnamese.dates import find_dates

TODAY = date(2026, 11, 25)  # a Wednesday
WORDS = [
    "ngày",
    "mùng",
    "rằm",
    "tháng",
    "tết",
    "thứ",
    "tuần",
    "năm",
    "ba",
    "30",
    "31/2",
    "2/2026",
    "âm",
    "trước",
    "tới",
    "nữa",
    "mai",
]
PHRASES = st.lists(st.sampled_from(WORDS) | st.text(max_size=5)).map(" ".join)


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("15/11/2026", "2026-11-15", "2026-11-15"),
        ("ngày 5/3", "2027-03-05", "2027-03-05"),
        ("ngày 15 tháng 8 năm 2025", "2025-08-15", "2025-08-15"),
        ("sinh ngày hai mươi lăm tháng mười hai năm 1990", "1990-12-25", "1990-12-25"),
        ("mùng 3 tháng 2 âm", "2027-03-10", "2027-03-10"),
        ("rằm tháng bảy", "2026-08-27", "2026-08-27"),
        ("ram thang gieng nam 2027", "2027-02-20", "2027-02-20"),
        ("25 tết", "2027-02-01", "2027-02-01"),
        ("30 tết", "2027-02-05", "2027-02-05"),
        ("mùng 2 tết", "2027-02-07", "2027-02-07"),
        ("hôm nay", "2026-11-25", "2026-11-25"),
        ("hôm kia", "2026-11-23", "2026-11-23"),
        ("ngay mai", "2026-11-26", "2026-11-26"),
        ("3 ngày nữa", "2026-11-28", "2026-11-28"),
        ("hai tuần trước", "2026-11-11", "2026-11-11"),
        ("cách đây 2 tháng", "2026-09-25", "2026-09-25"),
        ("tuần trước", "2026-11-16", "2026-11-22"),
        ("thứ sáu tuần này", "2026-11-27", "2026-11-27"),
        ("thứ 2 tuần sau", "2026-11-30", "2026-11-30"),
        ("chủ nhật tới", "2026-11-29", "2026-11-29"),
        ("cuối tháng này", "2026-11-21", "2026-11-30"),
        ("tháng 3/2026", "2026-03-01", "2026-03-31"),
        ("tháng ba năm nay", "2026-03-01", "2026-03-31"),
        ("năm ngoái", "2025-01-01", "2025-12-31"),
        ("năm 2020", "2020-01-01", "2020-12-31"),
    ],
)
def test_days_are_read(told: str, first: str, last: str) -> None:
    assert [(str(found.first), str(found.last)) for found in find_dates(told, TODAY)] == [(first, last)]


@pytest.mark.parametrize(
    "told", ["31/2/2026", "123/2015/NĐ-CP", "3/4 thửa đất", "24/7", "2 tháng 3 ngày", "chị Mai", "thứ hai là", "tết", ""]
)
def test_what_is_no_day_is_not_read(told: str) -> None:
    assert find_dates(told, TODAY) == []


def test_days_come_in_order_with_their_places() -> None:
    text = unicodedata.normalize("NFD", "từ hôm qua đến ngày 5/12/2026 ạ")
    found = [unicodedata.normalize("NFC", text[each.start : each.end]) for each in find_dates(text, TODAY)]
    assert found == ["hôm qua", "ngày 5/12/2026"]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(PHRASES, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_is_read_without_failing(text: str, today: date) -> None:
    for found in find_dates(text, today):
        assert 0 <= found.start < found.end <= len(text)
        assert timedelta() <= found.last - found.first <= timedelta(days=366)
