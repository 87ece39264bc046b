"""Question → procedures, best first."""

from dataclasses import replace
from itertools import chain

import numpy as np

from motcua.retrieval.decision import Candidate
from motcua.retrieval.elsewhere import Elsewhere
from motcua.retrieval.embedder import Embedder, Vectors
from motcua.retrieval.features import NAMES, Evidence, Question
from motcua.retrieval.index import Index
from motcua.retrieval.linear import Linear
from motcua.retrieval.projection import Projection, units
from motcua.retrieval.ranker import Ranker
from motcua.vietnamese.folding import fold
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.terms import with_pairs
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
        projection: Projection,
        classifier: Linear,
        scope: Linear,
        elsewhere: Elsewhere,
        ranker: Ranker,
        reader: Reader,
    ) -> None:
        self._index, self._evidence, self._vocabulary = index, Evidence(index, vocabulary), vocabulary
        self._embedder, self._projection, self.reader = embedder, projection, reader
        self._reviewed = index.reviewed()
        self._classifier, self._scope, self._elsewhere, self._ranker = classifier, scope, elsewhere, ranker

    def rank(self, text: str) -> list[Candidate]:
        """The likeliest procedures, best first; what their chances lack to 1 is the chance that none is meant.

        All evidence is read from the text with its diacritics restored: without them the embedder finds one procedure in
        twenty, and "chó" is taken for "cho".
        """
        restored = self.reader.restore(" ".join(text.split()))  # to the embedder, a gap where a place was cut out is a word
        stretches, vector = self._vocabulary.stretches(restored, with_marks=True), self._embedder.embed([restored])
        asked, projected = list(map(fold, chain.from_iterable(stretches))), self._projection(vector, [units(stretches)])[0]
        paired = with_pairs(asked)
        margins = self._classifier.scores(paired, vector[0])
        (logit,) = self._scope.scores(paired + self._vocabulary.kinds_in(stretches), vector[0])
        (elsewhere,) = self._elsewhere.nearness(projected[None])
        question = Question(stretches, self._index.cosines(projected), margins, float(logit), float(elsewhere))
        features = self._evidence.features(question)
        chances = self._ranker.probabilities(features, self._evidence.of_question(question))
        order = np.argsort(-chances)[: np.count_nonzero(chances)].tolist()
        ranked = [Candidate(self._index.codes[place], float(chances[place]), self._reviewed[place]) for place in order]
        for rank, place in enumerate(order[:EXPLAINED]):
            passage = self._index.nearest_phrase(place, projected)
            ranked[rank] = replace(ranked[rank], passage=passage, features=_named(features[place]))
        return ranked


def _named(features: Vectors) -> dict[str, float]:
    """The features that say something, rounded."""
    return {name: round(float(value), 3) for name, value in zip(NAMES, features, strict=True) if value}
