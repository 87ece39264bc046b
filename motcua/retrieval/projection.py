"""A linear map of sentence vectors that brings the ways of saying one procedure together: docs/adr/0004-retrieval.md."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from motcua.retrieval.embedder import Vectors


@dataclass(frozen=True)
class Projection:
    """Vectors less their centre, times a square matrix, of length one."""

    centre: Vectors
    matrix: Vectors

    def __call__(self, vectors: Vectors) -> Vectors:
        """(n, dim) → (n, dim), rows of length one."""
        moved = (vectors - self.centre) @ self.matrix
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def save(self, path: Path) -> None:
        """As arrays of numpy."""
        with path.open("wb") as file:
            np.savez(file, centre=self.centre, matrix=self.matrix)

    @classmethod
    def load(cls, path: Path) -> "Projection":
        """From the file `save` wrote."""
        with np.load(path) as kept:
            return cls(kept["centre"], kept["matrix"])
