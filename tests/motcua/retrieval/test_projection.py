from pathlib import Path

import numpy as np
import pytest

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.projection import Projection, units
from motcua.retrieval.projection_training import train

DIM, PROCEDURES, PHRASES = 16, 20, 6
PROCEDURE_OF = np.repeat(np.arange(PROCEDURES), PHRASES)
WORDLESS: list[list[str]] = [[] for _ in PROCEDURE_OF]


def said() -> Vectors:
    """Phrases whose first half tells the procedure, and whose louder second half tells nothing."""
    chance = np.random.default_rng(0)
    matter = chance.normal(size=(PROCEDURES, DIM // 2))[PROCEDURE_OF]
    noise = chance.normal(size=(len(PROCEDURE_OF), DIM // 2)) * 2
    vectors = np.concatenate([matter, noise], axis=1)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def found(vectors: Vectors) -> float:
    """The share of phrases whose nearest other one is of the same procedure."""
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1)
    return float((PROCEDURE_OF[cosines.argmax(axis=1)] == PROCEDURE_OF).mean())


def test_phrases_of_one_procedure_come_closer() -> None:
    vectors = said()
    assert found(train(vectors, WORDLESS, PROCEDURE_OF)(vectors, WORDLESS)) > found(vectors)


def test_words_bring_together_what_vectors_do_not() -> None:
    vectors, told = said(), [[f"~viec{number}", "~can"] for number in PROCEDURE_OF]
    without = found(train(vectors, WORDLESS, PROCEDURE_OF)(vectors, WORDLESS))
    assert found(train(vectors, told, PROCEDURE_OF)(vectors, told)) > without


def test_units_are_words_as_spelled_folded_and_in_pairs_of_neighbours() -> None:
    assert units([["đất", "ở"], ["sổ"]]) == sorted(["sổ", "đất", "ở", "đất_ở", "~so", "~dat", "~o"])


def test_what_is_projected_has_length_one() -> None:
    vectors = said()
    assert np.linalg.norm(train(vectors, WORDLESS, PROCEDURE_OF)(vectors, WORDLESS), axis=1) == pytest.approx(1.0, abs=1e-5)


def test_the_same_phrases_give_the_same_projection() -> None:
    vectors = said()
    assert train(vectors, WORDLESS, PROCEDURE_OF).matrix.tolist() == train(vectors, WORDLESS, PROCEDURE_OF).matrix.tolist()


@pytest.mark.parametrize("phrases", [1, 2, 5])
def test_where_no_procedure_is_said_twice_nothing_is_learned(phrases: int) -> None:
    projection = train(said()[::PHRASES][:phrases], WORDLESS[:phrases], np.arange(phrases))
    assert projection.matrix.tolist() == np.eye(DIM).tolist()


def test_loaded_from_disk_it_projects_the_same(tmp_path: Path) -> None:
    told = [[f"việc {number}", "~can"] for number in PROCEDURE_OF]
    projection, vectors = train(said(), told, PROCEDURE_OF), said()
    projection.save(tmp_path / "projection.npz")
    assert Projection.load(tmp_path / "projection.npz")(vectors, told).tolist() == projection(vectors, told).tolist()
