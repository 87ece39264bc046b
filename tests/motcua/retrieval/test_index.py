import json
from pathlib import Path

import numpy as np
import pytest

from motcua.retrieval.artefact import FORMAT, IndexMismatch, Layout, Manifest, read_manifest
from motcua.retrieval.index import Index
from motcua.retrieval.passages import Passage
from motcua.vietnamese.terms import terms
from tests.fakes import WordEmbedder
from tests.motcua.retrieval.conftest import BEES, BIRTH, CODES, DEATH, RECORDS, WEDDING

DIGEST = "của hôm nay"


@pytest.fixture
def saved(index: Index, embedder: WordEmbedder, tmp_path: Path) -> Path:
    index.save(tmp_path, Manifest(embedder.name, embedder.dim, DIGEST, len(index.passages)))
    return tmp_path


def test_every_procedure_is_scored_once(index: Index) -> None:
    scores = index.best_of_each(index.lexical.scores(terms("đăng ký khai sinh")))
    assert index.codes == [*CODES, WEDDING, *RECORDS]
    assert len(scores) == len(index.codes)


@pytest.mark.parametrize(
    ("asked", "code"),
    [("khai sinh", BIRTH), ("giay chung sinh", BIRTH), ("báo tử", DEATH), ("bao tu", DEATH), ("nuoi ong", BEES)],
)
def test_a_procedure_scores_by_its_best_passage(index: Index, asked: str, code: str) -> None:
    scores = index.best_of_each(index.lexical.scores(terms(asked)))
    assert index.codes[int(scores.argmax())] == code


def test_a_phrase_is_nearest_to_itself(index: Index, embedder: WordEmbedder) -> None:
    phrases = np.flatnonzero(index.is_phrase)
    for place in phrases[:: len(phrases) // 20]:
        cosines = index.cosines(embedder.embed([index.passages[place].text])[0], 0.0)
        assert cosines[place] == pytest.approx(1.0, abs=1e-4)
        assert cosines.max() == pytest.approx(cosines[place], abs=1e-4)


def test_what_is_far_or_no_phrase_keeps_the_floor(index: Index, embedder: WordEmbedder) -> None:
    cosines = index.cosines(embedder.embed(["khai sinh"])[0], 0.75)
    assert cosines.min() == 0.75
    assert set(cosines[~index.is_phrase].tolist()) == {0.75}


def test_the_vector_of_a_phrase_is_that_of_its_text(index: Index, embedder: WordEmbedder) -> None:
    last = int(np.flatnonzero(index.is_phrase)[-1])
    assert index.vector_of(last) == pytest.approx(embedder.embed([index.passages[last].text])[0], abs=1e-5)


def test_phrases_are_embedded_as_they_are_read(passages: list[Passage], embedder: WordEmbedder) -> None:
    index = Index.build(passages, embedder, lambda texts: [f"{text} đọc" for text in texts])
    assert index.vector_of(0) == pytest.approx(embedder.embed([f"{passages[0].text} đọc"])[0], abs=1e-5)


def test_names_are_those_of_the_procedures(index: Index) -> None:
    assert dict(zip(index.codes, index.names(), strict=True)).items() >= RECORDS.items()


def test_reviewed_come_first(index: Index) -> None:
    assert index.reviewed() == [True] * (len(CODES) + 1) + [False] * len(RECORDS)


def test_saved_and_loaded_it_scores_the_same(index: Index, saved: Path, embedder: WordEmbedder) -> None:
    loaded = Index.load(saved, embedder, DIGEST)
    vector, asked = embedder.embed(["con mới sinh"])[0], terms("con mới sinh")
    assert loaded.codes == index.codes
    assert list(loaded.passages) == list(index.passages)
    at_16_bits = pytest.approx(index.cosines(vector, 0.1).tolist(), abs=1e-3)
    assert loaded.cosines(vector, 0.1).tolist() == at_16_bits
    assert loaded.lexical.scores(asked).tolist() == pytest.approx(index.lexical.scores(asked).tolist())


@pytest.mark.parametrize(
    ("other", "digest", "what"),
    [
        (WordEmbedder("another"), DIGEST, "embedder is 'words', expected 'another'"),
        (WordEmbedder(dim=32), DIGEST, "dimension is 64, expected 32"),
        (WordEmbedder(), "của hôm qua", "digest of the content is 'của hôm nay', expected 'của hôm qua'"),
    ],
)
def test_an_index_made_from_something_else_is_refused(saved: Path, other: WordEmbedder, digest: str, what: str) -> None:
    with pytest.raises(IndexMismatch, match=f"{what}.*make index"):
        Index.load(saved, other, digest)


def test_an_index_of_another_format_is_refused(saved: Path, embedder: WordEmbedder) -> None:
    facts = json.loads(Layout(saved).manifest.read_text("utf-8")) | {"format": FORMAT + 1}
    Layout(saved).manifest.write_text(json.dumps(facts), "utf-8")
    with pytest.raises(IndexMismatch, match="format"):
        Index.load(saved, embedder, DIGEST)


def test_an_unfinished_folder_is_refused(saved: Path, embedder: WordEmbedder) -> None:
    Layout(saved).manifest.unlink()
    with pytest.raises(IndexMismatch, match=r"manifest\.json is 'missing'"):
        Index.load(saved, embedder, DIGEST)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, embedder: WordEmbedder) -> None:
    with pytest.raises(IndexMismatch, match="make index"):
        Index.load(tmp_path / "index", embedder, DIGEST)


def test_a_save_that_breaks_off_leaves_no_index_behind(index: Index, saved: Path, embedder: WordEmbedder) -> None:
    Layout(saved).passages.unlink()
    Layout(saved).passages.mkdir()  # the next save can't write its passages
    with pytest.raises(IsADirectoryError):
        index.save(saved, Manifest(embedder.name, embedder.dim, "mới", len(index.passages)))
    assert read_manifest(saved) is None
