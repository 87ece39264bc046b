from pathlib import Path

import numpy as np
import pytest

from motcua.retrieval.elsewhere import Elsewhere
from tests.fakes import WordEmbedder

MATTERS = ["xin visa đi Nhật", "mở thẻ ngân hàng", "nuôi rồng trong vườn"]
ELSEWHERE = Elsewhere.of(WordEmbedder().embed(MATTERS))


def test_a_question_is_as_near_as_the_nearest_matter() -> None:
    asked = WordEmbedder().embed(["xin visa đi Nhật", "đăng ký khai sinh"])
    same, other = ELSEWHERE.nearness(asked).tolist()
    assert same == pytest.approx(1, abs=1e-3)
    assert other < 0.5


def test_loaded_from_disk_it_says_the_same(tmp_path: Path) -> None:
    ELSEWHERE.save(tmp_path / "elsewhere.faiss")
    asked = WordEmbedder().embed(["mở thẻ ngân hàng ở xã"])
    assert np.array_equal(Elsewhere.load(tmp_path / "elsewhere.faiss").nearness(asked), ELSEWHERE.nearness(asked))
