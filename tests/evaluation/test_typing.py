import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.typing import KINDS, noisy

TEXT = "tôi muốn đăng ký tạm trú cho cháu thì cần những giấy tờ gì, nộp hồ sơ ở đâu và bao nhiêu tiền không biết"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_slip_happens(kind: str) -> None:
    assert any(noisy(TEXT, seed, (kind,)) != TEXT for seed in range(5))


def test_the_same_seed_slips_the_same_way() -> None:
    assert noisy(TEXT, 3) == noisy(TEXT, 3)
    assert len({noisy(TEXT, seed) for seed in range(10)}) > 5


def test_no_kind_is_no_slip() -> None:
    assert noisy(TEXT, 1, ()) == TEXT


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(), st.integers(0, 99))
def test_any_text_can_be_mistyped(text: str, seed: int) -> None:
    assert unicodedata.is_normalized("NFC", noisy(text, seed))
