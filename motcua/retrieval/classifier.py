"""A classifier over procedures: learns from all that people say of each guide which words and which meaning belong to it."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
import skops.io
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import KFold
from sklearn.svm import LinearSVC

from motcua.retrieval.embedder import Vectors

_FOLDS = 3
_TERM = r"\S+"
_TRUSTED = [  # what our file holds; the bot process gives skops a shorter list of its own
    "scipy.sparse._csr.csr_matrix",
    "sklearn.feature_extraction.text.TfidfTransformer",
    "sklearn.feature_extraction.text.TfidfVectorizer",
    "sklearn.svm._classes.LinearSVC",
]
_DENSE_WEIGHT = 4.0  # of 2, 4, 6 and 8 the best on the guides' own questions, each left out of training in turn


@dataclass(frozen=True)
class Sample:
    """A text about a procedure: its folded terms, its vector (zeros where only the words count), and which procedure."""

    terms: tuple[str, ...]
    vector: Vectors
    procedure: int


class ProcedureClassifier:
    """One linear margin a procedure, over folded words and the sentence vector."""

    def __init__(self, words: TfidfVectorizer, model: LinearSVC, centre: Vectors) -> None:
        self._words, self._model, self._centre = words, model, centre

    @classmethod
    def train(cls, samples: Sequence[Sample]) -> "ProcedureClassifier":
        """From texts of every procedure."""
        texts = [" ".join(sample.terms) for sample in samples]
        words = TfidfVectorizer(token_pattern=_TERM, ngram_range=(1, 2), sublinear_tf=True).fit(texts)
        vectors = np.stack([sample.vector for sample in samples])
        centre = vectors[vectors.any(axis=1)].mean(axis=0)
        classifier = cls(words, LinearSVC(C=0.3, dual=True, tol=1e-2, random_state=0), centre)
        classifier._model.fit(classifier._features(texts, vectors), [sample.procedure for sample in samples])
        return classifier

    def scores(self, asked: Sequence[str], vector: Vectors) -> Vectors:
        """(procedures,) the margin of each for one question."""
        return np.asarray(self.margins([" ".join(asked)], vector[None])[0])

    def margins(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """(n, procedures) for joined terms and (n, dim) vectors."""
        return np.asarray(self._model.decision_function(self._features(texts, vectors)), dtype=np.float32)

    def _features(self, texts: Sequence[str], vectors: Vectors) -> sparse.csr_matrix:
        known = vectors.any(axis=1, keepdims=True)
        dense = np.where(known, (vectors - self._centre) * _DENSE_WEIGHT, 0.0)
        return sparse.hstack([self._words.transform(texts), sparse.csr_matrix(dense)]).tocsr()

    def save(self, path: Path) -> None:
        """As skops, which unlike pickle can be read without running what is in it."""
        skops.io.dump({"words": self._words, "model": self._model, "centre": self._centre}, path)

    @classmethod
    def load(cls, path: Path) -> "ProcedureClassifier":
        """From the file `save` wrote."""
        return cls(**skops.io.load(path, trusted=_TRUSTED))


def scores_left_out(samples: Sequence[Sample], fixed: Sequence[Sample]) -> NDArray[np.float32]:
    """(samples, procedures) the margins of each sample by classifiers that were trained without it."""
    texts, vectors = [" ".join(sample.terms) for sample in samples], np.stack([sample.vector for sample in samples])

    def without(fold: tuple[NDArray[np.int64], NDArray[np.int64]]) -> Iterator[tuple[int, Vectors]]:
        learned, left_out = fold
        classifier = ProcedureClassifier.train([*(samples[place] for place in learned), *fixed])
        return zip(left_out, classifier.margins([texts[place] for place in left_out], vectors[left_out]), strict=True)

    with ThreadPoolExecutor() as threads:  # liblinear works without the lock of the interpreter
        folds = threads.map(without, KFold(_FOLDS, shuffle=True, random_state=0).split(samples))
        scores = dict(chain.from_iterable(folds))
    return np.stack([scores[place] for place in range(len(samples))])
