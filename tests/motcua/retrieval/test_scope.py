from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from motcua.retrieval.linear import Linear
from motcua.retrieval.scope import families_of, logits_left_out, train_scope
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


def test_a_text_left_out_is_judged_by_the_others() -> None:
    odd = [*TEXTS, terms("hôm nay thế nào")]  # told to be inside, though it reads as what is outside
    vectors = np.concatenate([VECTORS, WordEmbedder().embed(["hôm nay thế nào"])])
    inside = np.append(IS_INSIDE, True)
    assert logits_left_out(odd, vectors, inside, each_by_itself(odd))[-1] < 0
    assert ((logits_left_out(TEXTS, VECTORS, IS_INSIDE, each_by_itself(TEXTS)) > 0) == IS_INSIDE).mean() > 0.9


def test_what_shares_a_rare_word_outside_is_a_family() -> None:
    said = ["nuôi rồng ở xã", "nuôi ong ở xã", "xin nuôi rồng", "thẻ nuôi rồng", "mai có mưa", "giá vàng"]
    one, _, *dragons, rain, gold = families_of([terms(text) for text in said], np.arange(6) < 2)
    assert len(set(dragons)) == 1
    assert len({one, *dragons, rain, gold}) == 4


def each_by_itself(texts: Sequence[Sequence[str]]) -> list[str]:
    return [f"{number}" for number in range(len(texts))]


def test_saved_and_loaded_it_judges_the_same(scope: Linear, tmp_path: Path) -> None:
    scope.save(tmp_path / "scope.npz")
    texts = [with_pairs(text) for text in TEXTS]
    assert Linear.load(tmp_path / "scope.npz").all_scores(texts, VECTORS).tolist() == scope.all_scores(texts, VECTORS).tolist()
