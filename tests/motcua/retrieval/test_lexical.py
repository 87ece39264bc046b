from pathlib import Path

import pytest

from motcua.retrieval.lexical import LexicalIndex
from motcua.vietnamese.terms import terms

TEXTS = [
    "Đăng ký khai sinh",
    "Đăng ký khai tử",
    "Cấp hộ chiếu phổ thông",
    "Đăng ký tạm trú cho công nhân ở trọ",
    "Sinh con ở nhà khai báo",
]


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build([terms(text) for text in TEXTS])


@pytest.mark.parametrize(
    ("asked", "best"),
    [
        ("khai sinh", 0),
        ("KHAI SINH", 0),
        ("lam giay khai tu cho bo", 1),
        ("hộ chiếu", 2),
        ("ho chieu", 2),
        ("đk tam tru", 3),
        ("trọ", 3),
    ],
)
def test_words_are_found_with_and_without_diacritics(index: LexicalIndex, asked: str, best: int) -> None:
    assert int(index.scores(terms(asked)).argmax()) == best


def test_neighbours_count_more_than_the_same_words_apart(index: LexicalIndex) -> None:
    scores = index.scores(terms("khai sinh"))
    assert scores[0] > scores[4] > 0


def test_a_text_that_shares_nothing_scores_nothing(index: LexicalIndex) -> None:
    assert index.scores(terms("hộ chiếu"))[0] == 0


@pytest.mark.parametrize("asked", ["", "xyz qwe", "🙂"])
def test_unknown_words_score_nothing(index: LexicalIndex, asked: str) -> None:
    assert index.scores(terms(asked)).tolist() == [0.0] * len(TEXTS)


def test_saved_and_loaded_it_scores_the_same(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "bm25")
    loaded = LexicalIndex.load(tmp_path / "bm25")
    asked = terms("dang ky khai sinh")
    assert loaded.scores(asked).tolist() == pytest.approx(index.scores(asked).tolist())
    assert loaded.scores([]).tolist() == [0.0] * len(TEXTS)
