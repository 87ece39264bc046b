import numpy as np
import pytest

from motcua.ranking.training import Example, example, train
from motcua.retrieval.features import ASKED_NAMES, NAMES
from motcua.retrieval.ranker import Features, Ranker, summary

ASKED = np.zeros(len(ASKED_NAMES), dtype=np.float32)


def evidence(chance: np.random.Generator, *strengths: float) -> Features:
    """For each procedure all features alike, but for some noise."""
    noise = chance.normal(0, 0.03, (len(strengths), len(NAMES)))
    return np.asarray(np.array(strengths)[:, None] + noise, dtype=np.float32)


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """Strong evidence is right, weak evidence means none."""
    chance = np.random.default_rng(0)
    found = []
    for number in range(400):
        strengths = [0.1, 0.2, 0.15, 0.05]
        right = number % 4 if number % 3 else None
        if right is not None:
            strengths[right] = 0.9
        found.append(example(evidence(chance, *strengths), ASKED, right))
    return found


@pytest.fixture(scope="module")
def ranker(examples: list[Example]) -> Ranker:
    return train(examples)


def test_strong_evidence_is_learned_to_be_right(ranker: Ranker) -> None:
    chances = ranker.probabilities(evidence(np.random.default_rng(1), 0.1, 0.05, 0.9, 0.15, 0.2), ASKED)
    assert chances.argmax() == 2
    assert chances[2] > 0.8


def test_weak_evidence_is_learned_to_mean_none(ranker: Ranker) -> None:
    assert ranker.probabilities(evidence(np.random.default_rng(1), 0.1, 0.2, 0.15, 0.05), ASKED).sum() < 0.2


def test_what_the_question_tells_is_learned_from() -> None:
    chance = np.random.default_rng(0)
    told = [np.full(len(ASKED_NAMES), scope, dtype=np.float32) for scope in (-1.0, 1.0)]
    ranker = train([example(evidence(chance, 0.5, 0.1), told[number % 2], 0 if number % 2 else None) for number in range(400)])
    outside, inside = (ranker.probabilities(evidence(chance, 0.5, 0.1), asked).sum() for asked in told)
    assert outside < 0.2 < 0.8 < inside


def test_the_same_examples_give_the_same_ranker(examples: list[Example], ranker: Ranker) -> None:
    assert train(examples) == ranker


def test_examples_of_different_length_are_learned_together() -> None:
    chance = np.random.default_rng(0)
    rows = [example(evidence(chance, *[0.1] * (1 + number % 5), 0.9), ASKED, 1 + number % 5) for number in range(200)]
    assert train(rows).probabilities(evidence(chance, 0.1, 0.9), ASKED).argmax() == 1


def test_an_example_keeps_the_procedures_worth_comparing_and_the_right_one() -> None:
    strong = evidence(np.random.default_rng(0), *[0.9] * 7, *[0.5] * 40, 0.0)
    kept = example(strong, ASKED, 47)
    assert len(kept.features) < len(strong)
    assert kept.right is not None
    assert kept.features[kept.right].tolist() == strong[47].tolist()


def test_an_example_tells_of_the_question_what_all_procedures_told() -> None:
    strong = evidence(np.random.default_rng(0), *[0.9] * 7, *[0.5] * 40)
    assert example(strong, ASKED, None).of_question.tolist() == [*summary(strong).tolist(), *ASKED.tolist()]
