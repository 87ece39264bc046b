"""TF-IDF of the units of a text: counts damped by a logarithm, times rarity, of length one (Salton and Buckley 1988).

scikit-learn's gives the same numbers, and spends a millisecond and a half of each short text on checks.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray


@dataclass(frozen=True)
class Tfidf:
    """The place of each unit among all, and what it weighs: the fewer texts hold it, the more."""

    places: Mapping[str, int]
    idf: NDArray[np.float32]  # (units,)

    @classmethod
    def fit(cls, texts: Sequence[Sequence[str]], *, at_least: int = 1) -> "Tfidf":
        """From the units of each text; one that fewer texts hold than `at_least` is left out."""
        counts = Counter(unit for text in texts for unit in set(text))
        kept = sorted(unit for unit, count in counts.items() if count >= at_least)
        idf = [math.log((1 + len(texts)) / (1 + counts[unit])) + 1 for unit in kept]
        return cls({unit: place for place, unit in enumerate(kept)}, np.array(idf, dtype=np.float32))

    def __call__(self, text: Iterable[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The places of a text's units and their weights, twice (known units,)."""
        counts = Counter(place for unit in text if (place := self.places.get(unit)) is not None)
        places = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        weights = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * self.idf[places]
        return places, weights / max(float(np.linalg.norm(weights)), 1e-9)

    def save(self, path: Path) -> None:
        """As arrays of numpy, which can be read without running what is in them."""
        with path.open("wb") as file:
            np.savez(file, **self.arrays())

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What `of` makes the same again from."""
        return {"units": np.array(list(self.places)), "idf": self.idf}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> "Tfidf":
        """From `arrays`."""
        return cls({unit: place for place, unit in enumerate(arrays["units"].tolist())}, arrays["idf"])

    @classmethod
    def load(cls, path: Path) -> "Tfidf":
        """From the file `save` wrote."""
        with np.load(path) as kept:
            return cls.of(kept)

    def matrix(self, texts: Iterable[Iterable[str]]) -> sparse.csr_matrix:
        """(texts, units)"""
        rows = list(map(self, texts))
        ends = np.cumsum([0, *(len(places) for places, _ in rows)])
        flat = [np.concatenate([row[part] for row in rows]) for part in (1, 0)] if rows else ([], [])
        return sparse.csr_matrix((*flat, ends), shape=(len(rows), len(self.idf)))
