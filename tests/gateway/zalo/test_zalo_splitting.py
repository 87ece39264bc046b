"""Long answers arrive whole, in parts that Zalo takes, cut where a reader would pause."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.zalo.splitting import split

BARE = re.compile(r"\s+")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Chào bác.", ["Chào bác."]),
        ("", []),
        ("một hai\n\nba bốn năm", ["một hai", "ba bốn năm"]),
        ("một hai\nba bốn năm", ["một hai", "ba bốn năm"]),
        ("một hai ba bốn", ["một hai ba", "bốn"]),
        ("không\n\nba bốn\nnăm", ["không", "ba bốn\nnăm"]),
        ("mộthaibabốnnămsáu", ["mộthaibabốnn", "ămsáu"]),
        ("đủ mười hai.\n\nhết", ["đủ mười hai.", "hết"]),
    ],
)
def test_a_text_is_cut_between_paragraphs_else_lines_else_words(text: str, parts: list[str]) -> None:
    assert split(text, 12) == parts


def test_letters_are_counted_as_zalo_counts_them() -> None:
    decomposed = unicodedata.normalize("NFD", "ệ" * 2000)
    assert split(decomposed) == ["ệ" * 2000]


@given(st.text(alphabet="aăâđêệ \n.", max_size=300), st.integers(8, 40))
def test_nothing_is_lost_and_no_part_is_too_long(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < len(part) <= limit for part in parts)
    assert BARE.sub("", "".join(parts)) == BARE.sub("", unicodedata.normalize("NFC", text))
