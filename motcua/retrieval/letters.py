"""Letters in common: finds a phrase by pieces of its words, whatever slip of the finger is in one of them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
import skops.io
from sklearn.feature_extraction.text import TfidfVectorizer

from motcua.retrieval.lexical import Scores


class LetterIndex:
    """Cosine of TF-IDF over runs of two to four folded letters."""

    def __init__(self, runs: TfidfVectorizer, documents: sparse.csr_matrix) -> None:
        self._runs, self._documents = runs, documents

    @classmethod
    def build(cls, documents: Sequence[Sequence[str]]) -> "LetterIndex":
        """From the folded terms of each document."""
        runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2, dtype=np.float32)
        return cls(runs, runs.fit_transform([" ".join(document) for document in documents]))

    def scores(self, query: Sequence[str]) -> Scores:
        """One cosine a document."""
        wanted = self._runs.transform([" ".join(query)]).toarray()[0]
        return np.asarray(self._documents @ wanted, dtype=np.float32)

    def save(self, path: Path) -> None:
        """As skops."""
        skops.io.dump({"runs": self._runs, "documents": self._documents}, path)

    @classmethod
    def load(cls, path: Path) -> "LetterIndex":
        """From the file `save` wrote."""
        return cls(**skops.io.load(path, trusted=["scipy.sparse._csr.csr_matrix"]))
