"""A linear model over the words and the meaning of a text; scikit-learn fits it, numpy asks it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.projection import Units
from motcua.vietnamese.tfidf import Tfidf


@dataclass(frozen=True)
class Linear:
    """TF-IDF of the units of a text, and its vector less the centre of all, times weights; a vector of zeros has no part."""

    tfidf: Tfidf
    centre: Vectors  # (dim,)
    words: Vectors  # (units, scores)
    meaning: Vectors  # (dim, scores)
    bias: Vectors  # (scores,)

    @classmethod
    def fit(
        cls, estimator: Any, texts: Sequence[Units], vectors: Vectors, wanted: Any, *, meaning: float, at_least: int = 1
    ) -> "Linear":
        """Fits an estimator of scikit-learn to (n) texts and (n, dim) vectors; `meaning` is what vectors weigh beside words."""
        tfidf, known = Tfidf.fit(texts, at_least=at_least), vectors.any(axis=1, keepdims=True)
        centre = vectors[known.ravel()].mean(axis=0)
        dense = np.where(known, (vectors - centre) * meaning, 0.0)
        estimator.fit(sparse.hstack([tfidf.matrix(texts), sparse.csr_matrix(dense)]).tocsr(), wanted)
        weights = np.ascontiguousarray(estimator.coef_.T, dtype=np.float32)
        size = len(tfidf.idf)
        return cls(tfidf, centre, weights[:size], weights[size:] * np.float32(meaning), estimator.intercept_.astype(np.float32))

    def scores(self, text: Units, vector: Vectors) -> Vectors:
        """(scores,) of one text."""
        places, weights = self.tfidf(text)
        return np.asarray(weights @ self.words[places] + (vector - self.centre) @ self.meaning + self.bias, dtype=np.float32)

    def all_scores(self, texts: Sequence[Units], vectors: Vectors) -> Vectors:
        """(n, scores) of many."""
        said = self.tfidf.matrix(texts) @ self.words
        return np.asarray(said + (vectors - self.centre) @ self.meaning + self.bias, dtype=np.float32)

    def save(self, path: Path) -> None:
        """As arrays of numpy, which can be read without running what is in them."""
        own: dict[str, NDArray[Any]] = {name: getattr(self, name) for name in ("centre", "words", "meaning", "bias")}
        with path.open("wb") as file:
            np.savez(file, **self.tfidf.arrays(), **own)

    @classmethod
    def load(cls, path: Path) -> "Linear":
        """From the file `save` wrote."""
        with np.load(path) as kept:
            return cls(Tfidf.of(kept), **{name: kept[name] for name in ("centre", "words", "meaning", "bias")})
