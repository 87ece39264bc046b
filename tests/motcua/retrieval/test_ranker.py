import json
from pathlib import Path

import numpy as np
import pytest

from motcua.retrieval.artefact import RANKERS
from motcua.retrieval.features import ASKED_NAMES, NAMES
from motcua.retrieval.ranker import Features, Network, Ranker, candidates, summary


def evidence(*strengths: float) -> Features:
    """For each procedure all features alike."""
    return np.repeat(np.array(strengths, dtype=np.float32)[:, None], len(NAMES), axis=1)


def network(inputs: int, sign: float, bias: float) -> Network:
    """The more of everything, the higher the score; the lower where the sign is -1."""
    weights = tuple(tuple(1 / inputs for _ in range(inputs)) for _ in range(2))
    return Network((0.3,) * inputs, (0.5,) * inputs, weights, (0.0, 0.0), (sign * 4.0, sign * 4.0), bias)


ASKED = np.zeros(len(ASKED_NAMES), dtype=np.float32)
RANKER = Ranker(network(len(NAMES), 1.0, 0.0), network(2 * len(NAMES) + len(ASKED_NAMES), -1.0, 0.0), 1.1)


def test_the_procedure_with_most_evidence_is_likeliest() -> None:
    chances = RANKER.probabilities(evidence(0.2, 0.9, 0.1), ASKED)
    assert chances.argmax() == 1
    assert chances[1] > 0.5


@pytest.mark.parametrize("strengths", [(0.05, 0.0, 0.02), (0.0,), (0.0, 0.0)])
def test_where_nothing_fits_none_is_likeliest(strengths: tuple[float, ...]) -> None:
    assert RANKER.probabilities(evidence(*strengths), ASKED).sum() < 0.5


@pytest.mark.parametrize("strengths", [(0.0, 0.0), (0.9, 0.9), (50.0, -50.0), (1e6,), (0.3,), (0.5,) * 300])
def test_chances_never_exceed_one(strengths: tuple[float, ...]) -> None:
    chances = RANKER.probabilities(evidence(*strengths), ASKED)
    assert (chances >= 0).all()
    assert chances.sum() <= 1 + 1e-9


def test_equal_evidence_gives_equal_chances() -> None:
    one, other = RANKER.probabilities(evidence(0.6, 0.6), ASKED)
    assert one == pytest.approx(other)


def test_a_higher_temperature_is_less_sure() -> None:
    cool, warm = (Ranker(RANKER.procedure, RANKER.none, heat).probabilities(evidence(0.9, 0.1), ASKED) for heat in (0.7, 2.0))
    assert cool[0] > warm[0] > 0.5


def test_a_question_is_told_by_the_best_and_second_best_of_each_feature() -> None:
    told = summary(evidence(0.1, 0.9, 0.4))
    assert told.tolist() == pytest.approx([0.9] * len(NAMES) + [0.4] * len(NAMES))


def test_of_one_procedure_the_best_is_the_second_best() -> None:
    assert summary(evidence(0.4)).tolist() == pytest.approx([0.4] * 2 * len(NAMES))


def test_candidates_are_those_that_stand_out_and_the_right_one() -> None:
    found = candidates(evidence(*[0.9] * 6, *[0.5] * 30, 0.1), 36)
    assert list(found) == [*range(6), 36]


def test_without_a_right_one_candidates_are_those_that_stand_out() -> None:
    assert list(candidates(evidence(*[0.9] * 6, *[0.5] * 30, 0.1), None)) == list(range(6))


def test_of_a_few_all_are_candidates() -> None:
    assert list(candidates(evidence(0.2, 0.1), None)) == [0, 1]


def test_only_those_worth_comparing_have_a_chance() -> None:
    """As in training: thousands of hopeless ones together would weigh."""
    strengths = evidence(*[0.9] * 6, *[0.5] * 3000)
    chances = RANKER.probabilities(strengths, ASKED)
    assert np.flatnonzero(chances).tolist() == candidates(strengths) == list(range(6))


def test_hopeless_ones_take_nothing_from_the_best() -> None:
    few, many = (RANKER.probabilities(evidence(0.9, *[0.5] * 5, *[0.1] * more), ASKED) for more in (0, 3000))
    assert many[:6].tolist() == pytest.approx(few.tolist())


def test_who_stands_out_by_one_feature_is_compared() -> None:
    strengths = evidence(*[0.9] * 10, *[0.5] * 30)
    strengths[39, NAMES.index("dense")] = 1.0
    assert RANKER.probabilities(strengths, ASKED)[39] > 0


def test_saved_and_loaded_it_ranks_the_same(tmp_path: Path) -> None:
    RANKER.save(tmp_path / "ranker.json")
    loaded = Ranker.load(tmp_path / "ranker.json")
    assert loaded == RANKER
    asked = evidence(0.2, 0.9, 0.1), ASKED
    assert loaded.probabilities(*asked).tolist() == RANKER.probabilities(*asked).tolist()


def test_one_that_weighs_other_evidence_is_refused(tmp_path: Path) -> None:
    RANKER.save(tmp_path / "ranker.json")
    facts = json.loads((tmp_path / "ranker.json").read_text("utf-8"))
    (tmp_path / "ranker.json").write_text(json.dumps(facts | {"features": ["moon", *NAMES[1:]]}), "utf-8")
    with pytest.raises(RuntimeError, match="make ranker"):
        Ranker.load(tmp_path / "ranker.json")


@pytest.mark.parametrize("path", RANKERS.values(), ids=lambda path: path.stem)
def test_those_that_come_with_the_code_weigh_what_is_computed(path: Path) -> None:
    assert Ranker.load(path).temperature > 0
