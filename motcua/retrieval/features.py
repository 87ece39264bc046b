"""The evidence for each procedure: how well a question meets its passages, as a few numbers a ranker can weigh."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.index import Index
from motcua.vietnamese.terms import terms, with_pairs

NAMES: tuple[str, ...] = ("phrase", "phrase_lead", "text", "text_lead", "coverage", "coverage_lead", "name_coverage")
NAMES += ("dense", "dense_lead", "margin", "margin_lead")
_FLOOR = 0.75  # multilingual-e5 puts even unrelated texts above this cosine


class Evidence:
    """Computes the features of NAMES for every procedure at once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._bags = _bags(index)
        self._names = [set(with_pairs(terms(name))) for name in _names(index)]
        self._idf = _idf(self._bags)
        self._rarest = max(self._idf.values())

    def features(
        self, asked: Sequence[str], vector: Vectors, margins: Vectors, *, without: int | None = None
    ) -> NDArray[np.float32]:
        """(procedures, features) from what is asked, as folded terms and as a vector, and the classifier's margins.

        `without` leaves one passage out, to train on questions the index holds.
        """
        lexical = self._index.lexical.scores(asked)
        cosines = self._index.cosines(vector, _FLOOR)
        if without is not None:
            lexical[without], cosines[without] = 0.0, _FLOOR
        weight = sum(self._weight(term) for term in with_pairs(list(asked))) or 1.0
        phrase = self._index.best_of_each(np.where(self._index.is_phrase, lexical, 0.0)) / weight
        text = self._index.best_of_each(np.where(self._index.is_phrase, 0.0, lexical)) / weight
        coverage = self._coverage(asked)
        dense = (self._index.best_of_each(cosines) - _FLOOR) / (1 - _FLOOR)
        columns = [phrase, _lead(phrase), text, _lead(text), coverage, _lead(coverage)]
        columns += [self._name_coverage(asked), dense, _lead(dense), margins, _lead(margins)]
        return np.asarray(np.stack(columns, axis=1), dtype=np.float32)

    def _weight(self, term: str) -> float:
        return self._idf.get(term, self._rarest)

    def _coverage(self, asked: Sequence[str]) -> Vectors:
        wanted = set(asked)
        total = sum(map(self._weight, wanted)) or 1.0
        return np.array([sum(map(self._weight, wanted & bag)) / total for bag in self._bags], dtype=np.float32)

    def _name_coverage(self, asked: Sequence[str]) -> Vectors:
        said = set(with_pairs(list(asked)))
        shares = [sum(map(self._weight, name & said)) / (sum(map(self._weight, name)) or 1.0) for name in self._names]
        return np.array(shares, dtype=np.float32)


def _lead(scores: Vectors) -> Vectors:
    """How far each score stands above the best of the others."""
    if len(scores) < 2:
        return scores
    second, best = np.partition(scores, -2)[-2:]
    return np.asarray(np.where(scores == best, scores - second, scores - best), dtype=np.float32)


def _bags(index: Index) -> list[set[str]]:
    bags: list[set[str]] = [set() for _ in index.codes]
    for place, passage in zip(index.procedure_of, index.passages, strict=True):
        if passage.section != "question":
            bags[place] |= set(terms(passage.text))
    return bags


def _names(index: Index) -> list[str]:
    names = {passage.code: passage.text for passage in index.passages if passage.section == "name"}
    return [names[code] for code in index.codes]


def _idf(bags: Sequence[set[str]]) -> dict[str, float]:
    counts = Counter(term for bag in bags for term in bag)
    return {term: math.log(1 + (len(bags) - count + 0.5) / (count + 0.5)) for term, count in counts.items()}
