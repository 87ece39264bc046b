from pathlib import Path

import pytest

from motcua.retrieval.letters import LetterIndex
from motcua.vietnamese.terms import terms

TEXTS = [
    "Đăng ký khai sinh",
    "Đăng ký khai tử",
    "Cấp hộ chiếu phổ thông",
    "Đăng ký tạm trú cho công nhân",
    "Cấp hộ chiếu ngoại giao",
]


@pytest.fixture(scope="module")
def index() -> LetterIndex:
    return LetterIndex.build([terms(text) for text in TEXTS])


@pytest.mark.parametrize(
    ("asked", "best"),
    [
        ("khai sinh", 0),
        ("khai sihn", 0),
        ("khai tư", 1),
        ("ho chieuu pho thong", 2),
        ("ho chieu ngoai gia", 4),
        ("tạm trúu", 3),
        ("cap ho chieuu pho thnog", 2),
    ],
)
def test_words_are_found_whatever_slip_is_in_them(index: LetterIndex, asked: str, best: int) -> None:
    assert int(index.scores(terms(asked)).argmax()) == best


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_nearest_to_itself(index: LetterIndex, text: str) -> None:
    scores = index.scores(terms(text))
    assert scores[TEXTS.index(text)] == pytest.approx(1.0, abs=1e-5)
    assert scores.max() == scores[TEXTS.index(text)]


@pytest.mark.parametrize("asked", ["", "www", "🙂"])
def test_letters_never_seen_score_nothing(index: LetterIndex, asked: str) -> None:
    assert index.scores(terms(asked)).tolist() == [0.0] * len(TEXTS)


def test_saved_and_loaded_it_scores_the_same(index: LetterIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "letters.skops")
    asked = terms("ho chieuu")
    assert LetterIndex.load(tmp_path / "letters.skops").scores(asked).tolist() == index.scores(asked).tolist()
