"""Every character that is not a space belongs to exactly one span, in order: Rasa and spaCy refuse anything else."""

import unicodedata
from collections.abc import Callable
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.procedures.linter import all_texts
from motcua.procedures.loader import Guides
from motcua.vietnamese.words import syllable_spans, word_spans
from tests.content.repository import examples

Split = Callable[[str], list[tuple[int, int]]]
both = pytest.mark.parametrize("split", [word_spans, syllable_spans])

TYPED = [
    "hoà giải ở cơ sở",
    "uỷ quyền cho con",
    "thuỷ khoá quý",
    unicodedata.normalize("NFD", "Đăng ký thường trú ở Võ Cường"),
    "e muon  lm   cccd , mất bn tiền ạ?",
    "mã hồ sơ 000.00.12.H05-261103-0042 tới đâu rồi",
    "nop o https://dichvucong.gov.vn/a?b=c hay lan@gmail.com",
    "2,5 ngày; 1.500.000 đồng... 15/11/2026!!!",
    "con 3t 🙂🙂 :)) (gấp)",
    "TP.HCM - Q.1, ĐHQG",
]
TEXTS = st.text() | st.text(st.sampled_from(" \t\nabdđĐêộạuỷoàqúy019.,:?-_/@#()[]\"'%…–\u0301\u0323\u200b🙂ﬁ\u00a0k"))
PHRASES = st.lists(st.sampled_from(TYPED) | TEXTS, max_size=3).map(" ".join)


def faults(text: str, spans: list[tuple[int, int]]) -> list[str]:
    told = [at for start, end in spans for at in range(start, end)]
    wanted = [at for at, letter in enumerate(text) if not letter.isspace()]
    edges = [text[start:end] for start, end in spans if text[start:end] != text[start:end].strip() or start == end]
    return edges + ([text] if [at for at in told if not text[at].isspace()] != wanted else [])


@both
@pytest.mark.parametrize("text", ["", " ", "\n\t", *TYPED])
def test_typed_text_is_covered_once_in_order(split: Split, text: str) -> None:
    assert faults(text, split(text)) == []


@both
def test_guides_are_covered_once_in_order(split: Split, guides: Guides) -> None:
    texts = {text for guide in guides.values() for text in all_texts(guide)}
    assert [fault for text in texts for fault in faults(text, split(text))] == []


@both
def test_training_examples_are_covered_once_in_order(split: Split) -> None:
    texts = list(chain.from_iterable(examples().values()))
    assert texts
    assert [fault for text in texts for fault in faults(text, split(text))] == []


@both
@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=PHRASES)
def test_any_text_is_covered_once_in_order(split: Split, text: str) -> None:
    assert faults(text, split(text)) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("tôi muốn đăng ký kết hôn", "kết hôn"),
        ("làm giấy khai sinh cho con", "khai sinh"),
        ("uỷ ban nhân dân xã", "uỷ ban nhân dân"),
        ("bao giờ có kết quả", "kết quả"),
    ],
)
def test_words_of_several_syllables_stay_together(text: str, word: str) -> None:
    assert word in [text[start:end] for start, end in word_spans(text)]


def test_syllables_are_told_apart() -> None:
    text = "phường Võ Cường, Bắc Ninh"
    assert [text[start:end] for start, end in syllable_spans(text)] == ["phường", "Võ", "Cường", ",", "Bắc", "Ninh"]
