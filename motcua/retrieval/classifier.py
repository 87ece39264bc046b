"""A classifier over procedures: learns from all that people say of each guide which words and which meaning belong to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.svm import LinearSVC

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.linear import Linear
from motcua.vietnamese.terms import with_pairs

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
