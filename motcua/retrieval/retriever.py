"""Question → procedures, best first."""

from collections.abc import Sequence

import numpy as np

from motcua.retrieval.classifier import ProcedureClassifier
from motcua.retrieval.decision import Candidate
from motcua.retrieval.embedder import Embedder, Vectors
from motcua.retrieval.features import NAMES, Evidence, Question
from motcua.retrieval.index import Index
from motcua.retrieval.ranker import Ranker
from motcua.retrieval.scope import Scope
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.vocabulary import Vocabulary

EXPLAINED = 4  # candidates; no more are ever offered


class Retriever:
    """Ranks all procedures of an index for a question."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        vocabulary: Vocabulary,
        *,
        classifier: ProcedureClassifier,
        scope: Scope,
        ranker: Ranker,
        reader: Reader,
    ) -> None:
        self._index, self._evidence = index, Evidence(index, vocabulary)
        self._embedder, self.reader = embedder, reader
        self._classifier, self._scope, self._ranker = classifier, scope, ranker

    def rank(self, text: str, asked: Sequence[str]) -> list[Candidate]:
        """The likeliest procedures, best first; what their chances lack to 1 is the chance that none is meant.

        The embedder reads the text with its diacritics restored, since without them it finds one procedure in twenty;
        all other evidence comes from `asked`, the folded terms that are about a procedure.
        """
        vector = self._embedder.embed([self.reader.restore(text)])[0]
        margins, logits = self._classifier.scores(asked, vector), self._scope.logits([asked], vector[None])
        question = Question(asked, vector, margins, float(logits[0]))
        features = self._evidence.features(question)
        chances = self._ranker.probabilities(features, self._evidence.of_question(question))
        codes, order = self._index.codes, [int(place) for place in np.argsort(-chances) if chances[place] > 0]
        explained = [
            Candidate(codes[place], float(chances[place]), self._nearest(place, vector), _named(features[place]))
            for place in order[:EXPLAINED]
        ]
        return explained + [Candidate(codes[place], float(chances[place])) for place in order[EXPLAINED:]]

    def _nearest(self, procedure: int, vector: Vectors) -> str:
        return max(self._index.phrases_of(procedure), key=lambda found: float(self._index.vector_of(found[0]) @ vector))[1]


def _named(features: Vectors) -> dict[str, float]:
    """The features that say something, rounded."""
    return {name: round(float(value), 3) for name, value in zip(NAMES, features, strict=True) if value}
