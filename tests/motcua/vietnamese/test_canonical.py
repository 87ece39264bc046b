import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.vietnamese.canonical import canonical, tone_style

SYLLABLES = "hoà hòa HOÀ Hoà hoàn oà uỷ ủy UỶ Thuỵ khoẻ quý qúy QÚY quả đăng Đ ký ượt ơ nghiêng toạ x 15/11 1.500.000 🙂 ß İ"
GAPS = ["", " ", "  ", "\t", "\r\n", "\u00a0", "\u3000", "\x07", ",", "."]
FORMS = st.sampled_from(["NFC", "NFD"])
VIETNAMESE = st.builds(
    lambda parts, form: unicodedata.normalize(form, "".join(map("".join, parts))),
    st.lists(st.tuples(st.sampled_from(SYLLABLES.split()), st.sampled_from(GAPS)), max_size=6),
    FORMS,
)
TYPED = VIETNAMESE | st.text(st.characters(exclude_categories=["Cs", "Cf", "Mn"]))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hoà giải", "hòa giải"),
        ("xoá đăng ký tạm trú", "xóa đăng ký tạm trú"),
        ("khoẻ mạnh", "khỏe mạnh"),
        ("uỷ ban nhân dân", "ủy ban nhân dân"),
        ("thuỷ lợi", "thủy lợi"),
        ("huỷ giấy tờ, tích luỹ", "hủy giấy tờ, tích lũy"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("HOÀ GIẢI Ở CƠ SỞ", "HÒA GIẢI Ở CƠ SỞ"),
        ("Hoà", "Hòa"),
        ("toà án, hoá đơn", "tòa án, hóa đơn"),
        ("Thuý-Hoà", "Thúy-Hòa"),
        ("qúy", "quý"),
        ("Qúy", "Quý"),
        ("QÚY", "QUÝ"),
    ],
)
def test_tone_marks_get_one_style(typed: str, expected: str) -> None:
    assert canonical(typed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "quý khách",
        "QUÝ",
        "Quý Ngọc",
        "quỹ đất",
        "quỳ",
        "hoàn thuế",
        "hoàng hôn",
        "ngoài giờ",
        "toán",
        "khoét",
        "xoèn xoẹt",
        "huýt sáo",
        "thuyền",
        "quà",
        "quả",
        "khuya",
        "hòa thủy hóa ủy",
    ],
)
def test_right_spelling_stays(text: str) -> None:
    assert canonical(text) == text


@pytest.mark.parametrize("text", ["Đăng ký khai sinh", "hòa giải", "ủy quyền", "Sở Xây dựng", "quý", "ượng", "thuỷ"])
def test_decomposed_letters_are_composed(text: str) -> None:
    assert canonical(unicodedata.normalize("NFD", text)) == canonical(text)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("thủ\u200b tục", "thủ tục"),
        ("\ufeffkhai sinh", "khai sinh"),
        ("căn\u00adcước", "căncước"),
        ("tạm\u200d trú\u2060", "tạm trú"),
        ("\u202dhộ khẩu\u202c", "hộ khẩu"),
        ("hộ\u0000khẩu", "hộ khẩu"),
    ],
)
def test_invisible_characters_go(typed: str, expected: str) -> None:
    assert canonical(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  làm   giấy khai sinh ", "làm giấy khai sinh"),
        ("làm\tgiấy\r\nkhai sinh", "làm giấy khai sinh"),
        ("làm\u00a0giấy\u3000khai sinh", "làm giấy khai sinh"),
        ("   ", ""),
        ("\u200b\ufeff", ""),
        ("", ""),
    ],
)
def test_spaces_are_single(typed: str, expected: str) -> None:
    assert canonical(typed) == expected


def test_case_marks_and_emoji_are_kept() -> None:
    assert canonical("Em ĐI Làm CCCD!!! 🙏 (gấp)") == "Em ĐI Làm CCCD!!! 🙏 (gấp)"


@settings(max_examples=500, deadline=None, derandomize=True)
@given(TYPED)
def test_canonical_text_is_canonical(typed: str) -> None:
    once = canonical(typed)
    assert canonical(once) == once


@settings(max_examples=500, deadline=None, derandomize=True)
@given(TYPED)
def test_canonical_text_is_composed_and_single_spaced(typed: str) -> None:
    text = canonical(typed)
    assert unicodedata.is_normalized("NFC", text)
    assert text == " ".join(text.split())


@settings(max_examples=200, deadline=None, derandomize=True)
@given(VIETNAMESE)
def test_tone_style_keeps_the_length_of_composed_text(typed: str) -> None:
    text = unicodedata.normalize("NFC", typed)
    assert len(tone_style(text)) == len(text)
