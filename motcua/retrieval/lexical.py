"""BM25 over folded terms: finds the words of a question whether or not they were typed with diacritics."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from motcua.vietnamese.terms import with_pairs

Scores = NDArray[np.float32]


class LexicalIndex:
    """BM25 of folded syllables and their pairs. Scores are shares of the best score the query could reach."""

    def __init__(self, engine: bm25s.BM25, size: int) -> None:
        self._engine, self._size = engine, size

    @classmethod
    def build(cls, documents: Sequence[Sequence[str]]) -> "LexicalIndex":
        """From the folded terms of each document."""
        engine, said = bm25s.BM25(k1=1.2, b=0.5), [with_pairs(list(document)) for document in documents]
        # Numbered here: the engine numbers terms by chance, and no build would be like another.
        numbers = {term: number for number, term in enumerate(dict.fromkeys(chain.from_iterable(said)))}
        engine.index(([[numbers[term] for term in terms] for terms in said], numbers), show_progress=False)
        return cls(engine, len(documents))

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """From the folder `save` wrote."""
        engine = bm25s.BM25.load(folder)
        return cls(engine, int(engine.scores["num_docs"]))

    def save(self, folder: Path) -> None:
        """Into a folder of its own."""
        self._engine.save(folder, show_progress=False)

    def scores(self, query: Sequence[str]) -> Scores:
        """One score a document, 0 where nothing is shared."""
        known = [term for term in with_pairs(list(query)) if term in self._engine.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._engine.get_scores(known), dtype=np.float32)
