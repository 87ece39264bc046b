"""A classifier over procedures: learns from all that people say of each guide which words and which meaning belong to it."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold
from sklearn.svm import LinearSVC

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.linear import Linear
from motcua.vietnamese.terms import with_pairs

_FOLDS = 3
_MEANING = 4.0  # of 2, 4, 6 and 8 the best on the guides' own questions, each left out of training in turn


@dataclass(frozen=True)
class Sample:
    """A text about a procedure: its folded terms, its vector (zeros where only the words count), and which procedure."""

    terms: tuple[str, ...]
    vector: Vectors
    procedure: int

    @property
    def units(self) -> list[str]:
        """Terms and pairs of neighbours."""
        return with_pairs(list(self.terms))


def train_classifier(samples: Sequence[Sample]) -> Linear:
    """One linear margin a procedure, in their order, from texts of every procedure."""
    svm = LinearSVC(C=0.3, dual=True, tol=1e-2, random_state=0)
    texts, wanted = [sample.units for sample in samples], [sample.procedure for sample in samples]
    return Linear.fit(svm, texts, np.stack([sample.vector for sample in samples]), wanted, meaning=_MEANING)


def scores_left_out(samples: Sequence[Sample], fixed: Sequence[Sample]) -> NDArray[np.float32]:
    """(samples, procedures) the margins of each sample by classifiers that were trained without it."""

    def without(fold: tuple[NDArray[np.int64], NDArray[np.int64]]) -> Iterator[tuple[int, Vectors]]:
        learned, left_out = fold
        classifier = train_classifier([*(samples[place] for place in learned), *fixed])
        asked = [samples[place] for place in left_out]
        scores = classifier.all_scores([sample.units for sample in asked], np.stack([sample.vector for sample in asked]))
        return zip(left_out, scores, strict=True)

    with ThreadPoolExecutor() as threads:  # liblinear works without the lock of the interpreter
        folds = threads.map(without, KFold(_FOLDS, shuffle=True, random_state=0).split(samples))
        found = dict(chain.from_iterable(folds))
    return np.stack([found[place] for place in range(len(samples))])
