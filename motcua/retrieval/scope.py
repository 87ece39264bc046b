"""Whether a message is about public procedures at all, by what it means and by its words."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
import skops.io
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from motcua.retrieval.embedder import Vectors
from motcua.vietnamese.terms import with_pairs

_FOLDS = 3
_OF_ALL = 20  # a term that more than one in twenty has says nothing of what a text is made like
_TERM = r"\S+"
_TRUSTED = [  # what our file holds; the bot process gives skops a shorter list of its own
    "scipy.sparse._csr.csr_matrix",
    "sklearn.feature_extraction.text.TfidfTransformer",
    "sklearn.feature_extraction.text.TfidfVectorizer",
    "sklearn.linear_model._logistic.LogisticRegression",
]
_DENSE_WEIGHT = 5.0


class Scope:
    """A logistic regression: above zero for what some procedure answers, below for what none does."""

    def __init__(self, words: TfidfVectorizer, model: LogisticRegression, centre: Vectors) -> None:
        self._words, self._model, self._centre = words, model, centre

    @classmethod
    def train(cls, texts: Sequence[Sequence[str]], vectors: Vectors, inside: NDArray[np.bool_]) -> "Scope":
        """From (n) lists of folded terms, (n, dim) vectors, and which of them some procedure answers."""
        words = TfidfVectorizer(token_pattern=_TERM, sublinear_tf=True, min_df=2).fit(map(_joined, texts))
        scope = cls(words, LogisticRegression(C=3.0, class_weight="balanced", max_iter=300), vectors.mean(axis=0))
        scope._model.fit(scope._features(texts, vectors), inside)
        return scope

    def logits(self, texts: Sequence[Sequence[str]], vectors: Vectors) -> Vectors:
        """(n,) how far inside each text is."""
        return np.asarray(self._model.decision_function(self._features(texts, vectors)), dtype=np.float32)

    def _features(self, texts: Sequence[Sequence[str]], vectors: Vectors) -> sparse.csr_matrix:
        dense = sparse.csr_matrix((vectors - self._centre) * _DENSE_WEIGHT)
        return sparse.hstack([self._words.transform(map(_joined, texts)), dense]).tocsr()

    def save(self, path: Path) -> None:
        """As skops."""
        skops.io.dump({"words": self._words, "model": self._model, "centre": self._centre}, path)

    @classmethod
    def load(cls, path: Path) -> "Scope":
        """From the file `save` wrote."""
        return cls(**skops.io.load(path, trusted=_TRUSTED))


def logits_left_out(texts: Sequence[Sequence[str]], vectors: Vectors, inside: NDArray[np.bool_]) -> Vectors:
    """(n,) each text's logit by a model that was trained without it, and without those outside that are made like it."""
    logits = np.zeros(len(texts), dtype=np.float32)
    folds = StratifiedGroupKFold(_FOLDS).split(vectors, inside, _alike(texts, inside))
    for learned, left_out in folds:
        scope = Scope.train([texts[place] for place in learned], vectors[learned], inside[learned])
        logits[left_out] = scope.logits([texts[place] for place in left_out], vectors[left_out])
    return logits


def _alike(texts: Sequence[Sequence[str]], inside: NDArray[np.bool_]) -> list[str]:
    """A name for each text: its own number, or of those outside the rarest term that a few others have ("nuôi rồng" twice)."""
    counts = Counter(unit for place in np.flatnonzero(~inside) for unit in set(_units(texts[place])))
    few = max(2, int((~inside).sum()) // _OF_ALL)
    names = [f"{number}" for number in range(len(texts))]
    for place in np.flatnonzero(~inside):
        if shared := [(counts[unit], unit) for unit in _units(texts[place]) if 1 < counts[unit] <= few]:
            names[place] = min(shared)[1]
    return names


def _units(terms: Sequence[str]) -> list[str]:
    return with_pairs(list(terms))


def _joined(terms: Sequence[str]) -> str:
    return " ".join(_units(terms))
