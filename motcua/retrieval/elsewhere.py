"""Matters that no procedure answers, as the projection sees them: what comes near to one is likely another such matter."""

from pathlib import Path

import faiss

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.index import at_16_bits


class Elsewhere:
    """The vectors of what is to be declined."""

    def __init__(self, vectors: faiss.Index) -> None:
        self._vectors = vectors

    @classmethod
    def of(cls, vectors: Vectors) -> "Elsewhere":
        """From (n, dim) projected vectors."""
        return cls(at_16_bits(vectors))

    def nearness(self, vectors: Vectors) -> Vectors:
        """(n,) the cosine of the nearest matter to each of (n, dim) projected vectors."""
        nearest: Vectors = self._vectors.search(vectors, 1)[0][:, 0]
        return nearest

    def save(self, path: Path) -> None:
        """As FAISS writes it."""
        faiss.write_index(self._vectors, str(path))

    @classmethod
    def load(cls, path: Path) -> "Elsewhere":
        """From the file `save` wrote."""
        return cls(faiss.read_index(str(path)))
