"""What simpler means find on the same messages: words alone, or meaning alone."""

from collections.abc import Sequence

import numpy as np

from motcua.retrieval.embedder import Embedder
from motcua.retrieval.index import Index
from motcua.retrieval.projection import Projection
from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.terms import terms

Ranks = dict[str, list[str]]  # text → codes, best first


def by_words(texts: Sequence[str], index: Index) -> Ranks:
    """BM25 on folded syllables and pairs, over the same passages."""
    return {text: _best(index, index.lexical.scores(terms(canonical(text)))) for text in texts}


def by_meaning(texts: Sequence[str], index: Index, embedder: Embedder, projection: Projection | None = None) -> Ranks:
    """The nearest phrase to the vector of the text as it stands."""
    vectors = embedder.embed([canonical(text) for text in texts])
    vectors = projection(vectors) if projection else vectors
    return {text: _best(index, index.cosines(vector)) for text, vector in zip(texts, vectors, strict=True)}


def _best(index: Index, scores: np.ndarray) -> list[str]:
    return [index.codes[place] for place in np.argsort(-index.best_of_each(scores), kind="stable")[:3]]
