from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.vector_cache import CachedEmbedder
from tests.fakes import WordEmbedder


class CountingEmbedder(WordEmbedder):
    """Remembers what it was asked for."""

    def __init__(self, name: str = "words") -> None:
        super().__init__(name)
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().embed(texts)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "vectors.npz"


def test_a_text_is_embedded_once(path: Path) -> None:
    counting = CountingEmbedder()
    cache = CachedEmbedder(counting, path)
    first = cache.embed(["khai sinh", "kết hôn", "khai sinh"])
    again = cache.embed(["kết hôn", "khai sinh"])
    assert counting.asked == ["khai sinh", "kết hôn"]
    assert first[[1, 0]].tolist() == again.tolist()


def test_vectors_are_those_of_the_embedder(path: Path) -> None:
    texts = ["khai sinh", "kết hôn", "khai sinh"]
    cache = CachedEmbedder(WordEmbedder(), path)
    assert np.array_equal(cache.embed(texts), WordEmbedder().embed(texts))
    assert (cache.name, cache.dim) == ("words", 64)


def test_what_was_kept_is_not_embedded_again(path: Path) -> None:
    cache = CachedEmbedder(WordEmbedder(), path)
    before = cache.embed(["khai sinh", "kết hôn"])
    cache.save("khai sinh", "kết hôn")
    counting = CountingEmbedder()
    assert np.array_equal(CachedEmbedder(counting, path).embed(["khai sinh", "kết hôn"]), before)
    assert counting.asked == []


def test_what_is_not_kept_is_forgotten(path: Path) -> None:
    cache = CachedEmbedder(WordEmbedder(), path)
    cache.embed(["khai sinh", "kết hôn"])
    cache.save("kết hôn", "kết hôn", "never embedded")
    counting = CountingEmbedder()
    CachedEmbedder(counting, path).embed(["khai sinh", "kết hôn"])
    assert counting.asked == ["khai sinh"]


def test_another_embedder_takes_none_of_its_vectors(path: Path) -> None:
    cache = CachedEmbedder(WordEmbedder(), path)
    cache.embed(["khai sinh"])
    cache.save("khai sinh")
    counting = CountingEmbedder("another")
    CachedEmbedder(counting, path).embed(["khai sinh"])
    assert counting.asked == ["khai sinh"]
