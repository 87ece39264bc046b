"""A classifier over procedures: learns from all that people say of each guide which words and which meaning belong to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold
from sklearn.svm import LinearSVC

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.linear import Linear
from motcua.retrieval.on_all_cores import in_forks, with_each_left_out
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


def _trained(samples: Sequence[Sample]) -> Linear:
    """One linear margin a procedure, in their order, from texts of every procedure."""
    svm = LinearSVC(C=0.3, dual=True, tol=1e-2, random_state=0)
    texts, wanted = [sample.units for sample in samples], [sample.procedure for sample in samples]
    return Linear.fit(svm, texts, np.stack([sample.vector for sample in samples]), wanted, meaning=_MEANING)


def train_classifiers(samples: Sequence[Sample], fixed: Sequence[Sample]) -> tuple[Linear, NDArray[np.float32]]:
    """The classifier of all, and (samples, procedures) the margins of each sample by classifiers trained without it."""
    folds = np.zeros(len(samples), dtype=np.int64)
    for fold, (_, left_out) in enumerate(KFold(_FOLDS, shuffle=True, random_state=0).split(samples)):
        folds[left_out] = fold

    def of(kept: NDArray[np.int64]) -> Linear:
        return _trained([*(samples[place] for place in kept), *fixed])

    *views, whole = with_each_left_out(in_forks, of, folds, _FOLDS)
    margins = np.zeros((len(samples), len(whole.bias)), dtype=np.float32)
    for fold, view in enumerate(views):
        asked = np.flatnonzero(folds == fold)
        units, vectors = [samples[place].units for place in asked], np.stack([samples[place].vector for place in asked])
        margins[asked] = view.all_scores(units, vectors)
    return whole, margins
