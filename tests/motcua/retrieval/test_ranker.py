from pathlib import Path

import numpy as np
import pytest

from motcua.retrieval.features import NAMES
from motcua.retrieval.ranker import Example, Features, Ranker, train


def evidence(*strengths: float) -> Features:
    """For each procedure all features alike."""
    return np.repeat(np.array(strengths, dtype=np.float32)[:, None], len(NAMES), axis=1)


EXAMPLES: list[Example] = [
    *[(evidence(0.9, 0.2, 0.1), 0)] * 10,
    *[(evidence(0.1, 0.3, 0.8), 2)] * 10,
    *[(evidence(0.05, 0.0, 0.1), None)] * 10,
]


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return train(EXAMPLES)


def test_the_procedure_with_most_evidence_is_likeliest(ranker: Ranker) -> None:
    chances = ranker.probabilities(evidence(0.2, 0.9, 0.1))
    assert chances.argmax() == 1
    assert chances[1] > 0.5


def test_without_evidence_none_is_likeliest(ranker: Ranker) -> None:
    assert ranker.probabilities(evidence(0.05, 0.0, 0.02)).sum() < 0.5


@pytest.mark.parametrize("strengths", [(0.0, 0.0), (0.9, 0.9), (50.0, -50.0), (0.3,)])
def test_chances_never_exceed_one(ranker: Ranker, strengths: tuple[float, ...]) -> None:
    chances = ranker.probabilities(evidence(*strengths))
    assert (chances >= 0).all()
    assert chances.sum() <= 1 + 1e-9


def test_equal_evidence_gives_equal_chances(ranker: Ranker) -> None:
    one, other = ranker.probabilities(evidence(0.6, 0.6))
    assert one == pytest.approx(other)


def test_the_right_procedure_is_learned_even_if_it_has_least_evidence() -> None:
    strengths = [0.9] * 40 + [0.1]
    assert train([(evidence(*strengths), 40)] * 5).probabilities(evidence(0.1, 0.9)).argmax() == 0


def test_saved_and_loaded_it_ranks_the_same(ranker: Ranker, tmp_path: Path) -> None:
    ranker.save(tmp_path / "ranker.json")
    assert Ranker.load(tmp_path / "ranker.json") == ranker
