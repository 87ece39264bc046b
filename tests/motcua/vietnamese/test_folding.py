import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.vietnamese.folding import fold, has_diacritics

ALL_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("ĐƯỜNG ĐỘ", "duong do"),
        ("đ", "d"),
        ("Ủy ban nhân dân", "uy ban nhan dan"),
        ("Nguyễn Thị Thùy", "nguyen thi thuy"),
        ("lam giay khai sinh", "lam giay khai sinh"),
        ("QĐ 163/QĐ-BTP, 60 ngày", "qd 163/qd-btp, 60 ngay"),
        ("🙂 ok", "🙂 ok"),
        ("", ""),
    ],
)
def test_marks_and_case_go(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize("letter", ALL_VOWELS + ALL_VOWELS.upper())
def test_every_vowel_folds_to_its_base_letter(letter: str) -> None:
    assert fold(letter) in set("aeiouy")


@pytest.mark.parametrize("text", ["Đăng ký", "hộ khẩu", "quý", "thuở ấy", "ƯỚC"])
def test_decomposed_text_folds_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.text())
def test_folded_text_is_as_long_as_composed_text(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(composed)) == len(composed)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.sampled_from(ALL_VOWELS + ALL_VOWELS.upper() + "đĐbcdghBN 019.,")))
def test_folding_goes_letter_by_letter(text: str) -> None:
    assert fold(text) == "".join(fold(letter) for letter in text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đi làm", True),
        ("di lam", False),
        ("DI LAM", False),
        ("Đ", True),
        ("ơ", True),
        (unicodedata.normalize("NFD", "hộ"), True),
        ("123 !?", False),
        ("", False),
    ],
)
def test_diacritics_are_noticed(text: str, expected: bool) -> None:
    assert has_diacritics(text) is expected
