"""A map of sentences that brings the ways of saying one procedure together: docs/adr/0004-retrieval.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motcua.retrieval.embedder import Vectors
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import pairs

Units = Sequence[str]


def units(stretches: Sequence[Sequence[str]]) -> list[str]:
    """What of a text's words is looked up: each as spelled, each folded, and pairs of neighbours."""
    words = set(chain.from_iterable(stretches))
    return sorted({*words, *(f"~{fold(word)}" for word in words), *chain.from_iterable(map(pairs, stretches))})


@dataclass(frozen=True)
class Projection:
    """Sentence vectors less their centre, times a square matrix, plus a vector for each word; the sum has length one."""

    centre: Vectors
    matrix: Vectors
    places: Mapping[str, int]  # of the units that are known, in the two arrays below
    weights: Vectors  # (units,)
    words: NDArray[np.float16]  # (units, dim)

    def __call__(self, vectors: Vectors, said: Sequence[Units]) -> Vectors:
        """(n, dim) vectors and the units of each text → (n, dim), rows of length one."""
        return _of_length_one(_of_length_one(vectors - self.centre) @ self.matrix + np.stack(list(map(self._of_words, said))))

    def _of_words(self, said: Units) -> Vectors:
        known = [self.places[unit] for unit in said if unit in self.places]
        weights = self.weights[known]
        return np.asarray(weights @ self.words[known].astype(np.float32) / max(float(np.linalg.norm(weights)), 1e-9))

    def save(self, path: Path) -> None:
        """As arrays of numpy."""
        with path.open("wb") as file:
            np.savez(
                file,
                centre=self.centre,
                matrix=self.matrix,
                units=np.array(list(self.places)),
                weights=self.weights,
                words=self.words,
            )

    @classmethod
    def load(cls, path: Path) -> "Projection":
        """From the file `save` wrote."""
        with np.load(path) as kept:
            places = {unit: place for place, unit in enumerate(kept["units"].tolist())}
            return cls(kept["centre"], kept["matrix"], places, kept["weights"], kept["words"])


def _of_length_one(vectors: Vectors) -> Vectors:
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.asarray(vectors / lengths, dtype=np.float32)
