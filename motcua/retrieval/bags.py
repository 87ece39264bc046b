"""Bags of terms: which procedures hold a word, what it tells, and how much of a name was said."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from motcua.retrieval.embedder import Vectors


class Bags:
    """One set of terms a procedure, weighted by how few procedures hold each term."""

    def __init__(self, bags: Sequence[set[str]]) -> None:
        counts = Counter(term for bag in bags for term in bag)
        self._column = {term: place for place, term in enumerate(counts)}
        self._weights = np.array([math.log(1 + (len(bags) - count + 0.5) / (count + 0.5)) for count in counts.values()])
        self.rarest = float(self._weights.max())
        rows = [place for place, bag in enumerate(bags) for _ in bag]
        columns = [self._column[term] for bag in bags for term in bag]
        shape = (len(bags), len(counts))
        self._matrix = sparse.csr_matrix((self._weights[columns], (rows, columns)), shape=shape, dtype=np.float32).tocsc()
        self._totals = np.maximum(np.asarray(self._matrix.sum(axis=1)).ravel(), 1e-6)

    def weight(self, term: str) -> float:
        """What a term tells; one that no procedure holds counts as much as the rarest."""
        place = self._column.get(term)
        return self.rarest if place is None else float(self._weights[place])

    def holders(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """(words, procedures) which procedure holds which word."""
        held = np.zeros((len(words), self._matrix.shape[0]), dtype=np.bool_)
        for row, word in enumerate(words):
            if (column := self._column.get(word)) is not None:
                start, end = self._matrix.indptr[column : column + 2]
                held[row, self._matrix.indices[start:end]] = True
        return held

    def said(self, asked: Sequence[str]) -> Vectors:
        """(procedures,) the share of each bag that was asked."""
        return np.asarray(self._held(set(asked)) / self._totals, dtype=np.float32)

    def _held(self, wanted: set[str]) -> Vectors:
        held = np.zeros(self._matrix.shape[0], dtype=np.float32)
        for place in (self._column[term] for term in wanted if term in self._column):
            start, end = self._matrix.indptr[place : place + 2]
            held[self._matrix.indices[start:end]] += self._matrix.data[start:end]
        return held
