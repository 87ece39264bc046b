"""Whether a message is about public procedures at all, by what it means and by its words: above zero for what some answers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.linear import Linear

_MEANING = 5.0


def train_scope(texts: Sequence[Sequence[str]], vectors: Vectors, inside: NDArray[np.bool_]) -> Linear:
    """From (n) lists of units, (n, dim) vectors, and which of them some procedure answers."""
    regression = LogisticRegression(C=3.0, class_weight="balanced", max_iter=300)
    return Linear.fit(regression, texts, vectors, inside, meaning=_MEANING, at_least=2)
