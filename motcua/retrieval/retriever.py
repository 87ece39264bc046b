"""Question → procedures, best first."""

from collections.abc import Collection, Sequence

import numpy as np

from motcua.retrieval.classifier import ProcedureClassifier
from motcua.retrieval.decision import Candidate
from motcua.retrieval.embedder import Embedder
from motcua.retrieval.features import Evidence
from motcua.retrieval.index import Index
from motcua.retrieval.ranker import Ranker
from motcua.vietnamese.diacritics import Restorer

_KEEP = 10


class Retriever:
    """Ranks all procedures of an index for a question."""

    def __init__(
        self, index: Index, embedder: Embedder, *, classifier: ProcedureClassifier, ranker: Ranker, restorer: Restorer
    ) -> None:
        self._codes = index.codes
        self._evidence = Evidence(index)
        self._embedder, self._classifier, self._ranker, self._restorer = embedder, classifier, ranker, restorer

    def rank(self, text: str, asked: Sequence[str], *, among: Collection[str] | None = None) -> list[Candidate]:
        """The ten likeliest procedures, best first; `among` keeps to a few codes.

        The embedder reads the text with its diacritics restored, since without them it finds one procedure in twenty;
        BM25 and the classifier's words are `asked`, the folded terms that are about a procedure.
        """
        vector = self._embedder.embed([self._restorer.restore(text)])[0]
        margins = self._classifier.scores(asked, vector)
        chances = self._ranker.probabilities(self._evidence.features(asked, vector, margins))
        ranked = [Candidate(self._codes[place], float(chances[place])) for place in np.argsort(-chances)]
        return [candidate for candidate in ranked if among is None or candidate.code in among][:_KEEP]
