import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import terms, with_pairs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Làm giấy khai sinh", ["lam", "giay", "khai", "sinh"]),
        ("đk khai sinh", ["dang", "ki", "khai", "sinh"]),
        ("Bắc Ninh!!! (xã)", ["bac", "ninh", "xa"]),
        ("phí 135.000 đồng", ["phi", "135.000", "dong"]),
        ("Nghị định 123/2015/NĐ-CP", ["nghi", "dinh", "123/2015", "nd", "cp"]),
        ("mã 1.001193", ["ma", "1.001193"]),
        ("ngày 15/11/2026", ["ngay", "15/11/2026"]),
        ("🙂 ???", []),
        ("", []),
    ],
)
def test_syllables_and_numbers_in_order(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lý lịch tư pháp", "lí lịch tư pháp"),
        ("kỹ thuật", "kĩ thuật"),
        ("sỹ quan", "sĩ quan"),
        ("tỷ lệ", "tỉ lệ"),
        ("hoà giải", "hòa giải"),
        ("uỷ quyền", "uy quyen"),
        ("ĐĂNG KÝ", "dang ki"),
        ("bhyt", "bảo hiểm y tế"),
        (unicodedata.normalize("NFD", "hộ khẩu"), "ho khau"),
    ],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(("one", "other"), [("quy", "qui"), ("thúy", "thúi"), ("y tế", "i tế")])
def test_y_and_i_stay_apart_where_they_mean_different_things(one: str, other: str) -> None:
    assert terms(one) != terms(other)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("aăâbcdđeêghiklmnoôơptuưvxyÁÀẢÃẠĐàảộự 0123456789.,?/-")))
def test_terms_do_not_depend_on_marks_or_case(text: str) -> None:
    assert terms(fold(text)) == terms(text.upper()) == terms(text)


def test_neighbours_are_paired() -> None:
    assert with_pairs(["giay", "khai", "sinh"]) == ["giay", "khai", "sinh", "giay_khai", "khai_sinh"]


@pytest.mark.parametrize("few", [[], ["hochieu"]])
def test_nothing_is_paired_with_nothing(few: list[str]) -> None:
    assert with_pairs(few) == few
