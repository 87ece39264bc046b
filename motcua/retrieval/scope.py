"""Whether a message is about public procedures at all, by what it means and by its words: above zero for what some answers."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.linear import Linear

_FOLDS = 3
_OF_ALL = 20  # a term that more than one in twenty has says nothing of what a text is made like
_MEANING = 5.0


def train_scope(texts: Sequence[Sequence[str]], vectors: Vectors, inside: NDArray[np.bool_]) -> Linear:
    """From (n) lists of units, (n, dim) vectors, and which of them some procedure answers."""
    regression = LogisticRegression(C=3.0, class_weight="balanced", max_iter=300)
    return Linear.fit(regression, texts, vectors, inside, meaning=_MEANING, at_least=2)


def logits_left_out(
    texts: Sequence[Sequence[str]], vectors: Vectors, inside: NDArray[np.bool_], families: Sequence[str]
) -> Vectors:
    """(n,) each text's logit by a model that was trained without it and its family."""
    logits = np.zeros(len(texts), dtype=np.float32)
    folds = StratifiedGroupKFold(_FOLDS).split(vectors, inside, families)
    for learned, left_out in folds:
        scope = train_scope([texts[place] for place in learned], vectors[learned], inside[learned])
        logits[left_out] = scope.all_scores([texts[place] for place in left_out], vectors[left_out])[:, 0]
    return logits


def families_of(texts: Sequence[Sequence[str]], inside: NDArray[np.bool_]) -> list[str]:
    """A name for each text: its own number, or of those outside the rarest unit that a few others have ("nuôi rồng" twice).

    Matters outside are written many at a time, and what is learned from a sister is no surprise.
    """
    outside = np.flatnonzero(~inside)
    counts = Counter(unit for place in outside for unit in set(texts[place]))
    few = max(2, len(outside) // _OF_ALL)
    names = [f"{number}" for number in range(len(texts))]
    for place in outside:
        if shared := [(counts[unit], unit) for unit in texts[place] if 1 < counts[unit] <= few]:
            names[place] = min(shared)[1]
    return names
