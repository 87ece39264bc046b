"""What retrieval learns from: what people say of guides and records, and what no procedure answers."""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain

import numpy as np
import yaml
from numpy.typing import NDArray

from motcua.retrieval.artefact import SMALL_TALK, elsewhere_paths
from motcua.retrieval.classifier import Sample, train_classifier
from motcua.retrieval.elsewhere import Elsewhere
from motcua.retrieval.embedder import Vectors
from motcua.retrieval.index import Index
from motcua.retrieval.linear import Linear
from motcua.retrieval.on_all_cores import beside
from motcua.retrieval.passages import PHRASE_SECTIONS
from motcua.retrieval.projection import Projection, units
from motcua.retrieval.projection_training import train as train_projection
from motcua.retrieval.scope import train_scope
from motcua.retrieval.vector_cache import CachedEmbedder
from motcua.vietnamese.folding import fold
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.terms import terms, with_pairs
from motcua.vietnamese.vocabulary import Vocabulary

_ASKED_OF_A_RECORD = 3  # phrases: with one, guides had four in five of the lessons and were preferred to the record meant

Places = NDArray[np.int64]


class Lessons:
    """Training data from an index whose phrases are as the embedder made them, and what is trained on all or some of it."""

    def __init__(self, index: Index, embedder: CachedEmbedder, vocabulary: Vocabulary, reader: Reader) -> None:
        self.index, self.embedder, self.vocabulary, self.reader = index, embedder, vocabulary, reader
        read = ((reader.restore(text), file) for text, file in _outside_texts())
        outside = [(text, file) for text, file in read if self._about(text)]
        self.outside, self._files = [text for text, _ in outside], [file for _, file in outside]
        self.outside_vectors = embedder.embed(self.outside)  # now: what is forked later has no embedder

    @cached_property
    def said(self) -> list[list[str]]:
        """The units of each phrase of the index."""
        phrases = (passage.text for passage in self.index.passages if passage.section in PHRASE_SECTIONS)
        return [units(self.vocabulary.stretches(phrase, with_marks=True)) for phrase in phrases]

    @property
    def texts(self) -> list[str]:
        """Every text that was embedded, as the embedder read it."""
        return [*(passage.text for passage in self.index.passages if passage.section in PHRASE_SECTIONS), *self.outside]

    def _about(self, text: str) -> list[str]:
        return self.vocabulary.about(text, with_marks=True)

    @cached_property
    def questions(self) -> list[int]:
        """The places of what people ask and call the guides by: short messages are mostly names ("mai táng phí")."""
        return [place for place in self._reviewed if self.index.passages[place].section in ("question", "also_called")]

    @cached_property
    def _reviewed(self) -> list[int]:
        return [place for place, passage in enumerate(self.index.passages) if passage.reviewed]

    @cached_property
    def inside(self) -> list[int]:
        """The places of the guides' questions, then of the records'."""
        return [*self.questions, *self._records]

    @cached_property
    def _records(self) -> list[int]:
        """The places of a few phrases of each record, not always the first."""
        places: dict[int, list[int]] = {}
        for place, passage in enumerate(self.index.passages):
            if not passage.reviewed and passage.section == "question":
                places.setdefault(int(self.index.procedure_of[place]), []).append(place)
        turned = ([*found[procedure % len(found) :], *found[: procedure % len(found)]] for procedure, found in places.items())
        return [place for found in turned for place in found[:_ASKED_OF_A_RECORD]]

    @cached_property
    def stretches(self) -> list[list[list[str]]]:
        """As spelled: of what is inside, then of what is outside."""
        texts = (*(self.index.passages[place].text for place in self.inside), *self.outside)
        return [self.vocabulary.stretches(text, with_marks=True) for text in texts]

    @cached_property
    def paired(self) -> list[list[str]]:
        """The folded words of each, and pairs of neighbours."""
        return [with_pairs(list(map(fold, chain.from_iterable(stretches)))) for stretches in self.stretches]

    @cached_property
    def scope_units(self) -> list[list[str]]:
        """The same, and which kinds of things are named."""
        return [said + self.vocabulary.kinds_in(stretches) for said, stretches in zip(self.paired, self.stretches, strict=True)]

    @cached_property
    def vectors(self) -> Vectors:
        """As the embedder made them, in the order of the words."""
        inside = np.stack([self.index.vector_of(place) for place in self.inside])
        return np.concatenate([inside, self.outside_vectors])

    @cached_property
    def is_inside(self) -> NDArray[np.bool_]:
        """Of each, whether some procedure answers it."""
        return np.arange(len(self.stretches)) < len(self.inside)

    @cached_property
    def outside_said(self) -> list[list[str]]:
        """The units of what is outside."""
        return list(map(units, self.stretches[len(self.inside) :]))

    def trained(self) -> tuple[Projection, Elsewhere, Linear, Linear]:
        """Projection, what is outside as it sees it, classifier and scope, learned from all of it."""
        questions, texts, phrases = (np.arange(len(of)) for of in (self.questions, self.stretches, [*self.said, *self.outside]))
        projection, linear = beside(
            lambda: self.projection_from(phrases), lambda: (self.classifier_from(questions), self.scope_from(texts))
        )
        return projection, Elsewhere.of(projection(self.outside_vectors, self.outside_said)), *linear

    def projection_from(self, places: Places) -> Projection:
        """Learned from some of all phrases and what is outside, as if each of its files were one procedure more."""
        vectors, said = np.concatenate([self.index.all_vectors(), self.outside_vectors]), [*self.said, *self.outside_said]
        procedures = np.append(self.index.procedures_of_phrases(), np.array(self._files) + len(self.index.codes))
        return train_projection(vectors[places], [said[place] for place in places], procedures[places])

    def classifier_from(self, places: Places) -> Linear:
        """Learned from some of the guides' questions, and from all else that guides tell."""
        asked, told = self._samples
        return train_classifier([*(asked[place] for place in places), *told])

    @cached_property
    def _samples(self) -> tuple[list[Sample], list[Sample]]:
        others = sorted({*self._reviewed} - {*self.questions})
        return list(map(self._sample, self.questions)), list(map(self._sample, others))

    def _sample(self, place: int) -> Sample:
        passage, procedure = self.index.passages[place], int(self.index.procedure_of[place])
        if passage.section in PHRASE_SECTIONS:
            return Sample(tuple(map(fold, self._about(passage.text))), self.index.vector_of(place), procedure)
        return Sample(tuple(terms(passage.text)), np.zeros(self.index.vectors.d, dtype=np.float32), procedure)

    def scope_from(self, places: Places) -> Linear:
        """Learned from some of what is inside and outside."""
        return train_scope([self.scope_units[place] for place in places], self.vectors[places], self.is_inside[places])


def _outside_texts() -> Iterator[tuple[str, int]]:
    """Each text, and the number of its file."""
    for number, path in enumerate((*SMALL_TALK, *elsewhere_paths())):
        told = yaml.safe_load(path.read_text("utf-8"))
        examples = chain.from_iterable(intent["examples"].splitlines() for intent in told.get("nlu", ()))
        yield from ((text, number) for text in (*told.get("matters", ()), *(line.removeprefix("- ") for line in examples)))
