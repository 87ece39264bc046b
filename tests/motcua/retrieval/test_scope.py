from pathlib import Path

import numpy as np
import pytest

from motcua.retrieval.linear import Linear
from motcua.retrieval.scope import train_scope
from motcua.vietnamese.terms import terms, with_pairs
from tests.fakes import WordEmbedder

INSIDE = [f"đăng ký {matter} ở xã" for matter in ("khai sinh", "kết hôn", "khai tử", "tạm trú", "thường trú", "nuôi ong")]
OUTSIDE = [f"hôm nay {matter} thế nào" for matter in ("thời tiết", "giá vàng", "bóng đá", "xổ số", "chứng khoán", "đường sá")]
TEXTS = [terms(text) for text in (*INSIDE, *OUTSIDE)]
VECTORS = WordEmbedder().embed([*INSIDE, *OUTSIDE])
IS_INSIDE = np.arange(len(TEXTS)) < len(INSIDE)


@pytest.fixture(scope="module")
def scope() -> Linear:
    return train_scope(TEXTS, VECTORS, IS_INSIDE)


@pytest.mark.parametrize(
    ("asked", "inside"),
    [
        ("đăng ký chuyển trường ở xã", True),
        ("dang ky ket hon", True),
        ("hôm nay giá xăng thế nào", False),
        ("thoi tiet hom nay", False),
    ],
)
def test_what_procedures_answer_stands_above_zero(scope: Linear, asked: str, inside: bool) -> None:
    (logit,) = scope.scores(with_pairs(terms(asked)), WordEmbedder().embed([asked])[0])
    assert (logit > 0) == inside


def test_saved_and_loaded_it_judges_the_same(scope: Linear, tmp_path: Path) -> None:
    scope.save(tmp_path / "scope.npz")
    texts = [with_pairs(text) for text in TEXTS]
    assert Linear.load(tmp_path / "scope.npz").all_scores(texts, VECTORS).tolist() == scope.all_scores(texts, VECTORS).tolist()
