"""What simpler means find on the same messages: words alone, or meaning alone."""

from collections.abc import Callable, Sequence

import numpy as np

from motcua.retrieval.embedder import Embedder, Vectors
from motcua.retrieval.index import Index
from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.terms import terms

Ranks = dict[str, list[str]]  # text → codes, best first
Project = Callable[[list[str], Vectors], Vectors]


def by_words(texts: Sequence[str], index: Index) -> Ranks:
    """BM25 on folded syllables and pairs, over the same passages."""
    return {text: _best(index, index.lexical.scores(terms(canonical(text)))) for text in texts}


def by_meaning(texts: Sequence[str], index: Index, embedder: Embedder, project: Project = lambda _, vectors: vectors) -> Ranks:
    """The nearest phrase to the vector of the text as it stands."""
    read = [canonical(text) for text in texts]
    vectors = project(read, embedder.embed(read))
    return {text: _best(index, index.cosines(vector)) for text, vector in zip(texts, vectors, strict=True)}


def _best(index: Index, scores: np.ndarray) -> list[str]:
    return [index.codes[place] for place in np.argsort(-index.best_of_each(scores), kind="stable")[:3]]
