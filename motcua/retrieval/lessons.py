"""What retrieval learns from: the guides' own questions, each left out in turn, and what no procedure answers."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from motcua.retrieval.artefact import SMALL_TALK, elsewhere_paths
from motcua.retrieval.classifier import ProcedureClassifier, Sample, scores_left_out
from motcua.retrieval.embedder import Embedder, Vectors
from motcua.retrieval.features import Evidence, LeftOut, Question
from motcua.retrieval.index import Index
from motcua.retrieval.passages import PHRASE_SECTIONS
from motcua.retrieval.ranker_training import Example, example
from motcua.retrieval.scope import Scope, logits_left_out
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.terms import terms
from motcua.vietnamese.vocabulary import Vocabulary

_AS_RECORDS = 0.4  # share of all guides seen as records beside the one that is asked for


class Lessons:
    """Training data for classifier, scope and ranker, from an index."""

    def __init__(self, index: Index, embedder: Embedder, vocabulary: Vocabulary, reader: Reader) -> None:
        self._index, self._embedder, self._vocabulary, self._reader = index, embedder, vocabulary, reader
        self._outside = [text for text in _outside_texts() if vocabulary.content(text)]

    @property
    def texts(self) -> list[str]:
        """Every text that was embedded, as the embedder read it."""
        phrases = [passage.text for passage in self._index.passages if passage.section in PHRASE_SECTIONS]
        return [self._reader.restore(text) for text in (*phrases, *self._outside)]

    @cached_property
    def _samples(self) -> tuple[dict[int, Sample], list[Sample]]:
        """The guides' questions by the place of their passage, and what else guides tell."""
        questions, others = {}, []
        for place, passage in enumerate(self._index.passages):
            if not passage.reviewed:
                break
            sample = self._sample(place)
            if passage.section == "question":
                questions[place] = sample
            else:
                others.append(sample)
        return questions, others

    def _sample(self, place: int) -> Sample:
        passage, procedure = self._index.passages[place], int(self._index.procedure_of[place])
        if passage.section in PHRASE_SECTIONS:
            return Sample(tuple(self._vocabulary.content(passage.text)), self._index.vector_of(place), procedure)
        return Sample(tuple(terms(passage.text)), np.zeros(self._index.vectors.d, dtype=np.float32), procedure)

    @cached_property
    def _inside_and_outside(self) -> tuple[list[Sequence[str]], Vectors, NDArray[np.bool_]]:
        """Folded terms, vectors, and which are inside: the guides' questions, then records, then what is outside."""
        places = list(self._samples[0])
        records = self._records
        inside = [
            *(self._samples[0][place].terms for place in places),
            *(self._vocabulary.content(self._index.passages[place].text) for place in records),
        ]
        vectors = [self._index.vector_of(place) for place in (*places, *records)]
        outside = self._embedder.embed([self._reader.restore(text) for text in self._outside])
        asked = [*inside, *(self._vocabulary.content(text) for text in self._outside)]
        return asked, np.concatenate([np.stack(vectors), outside]), np.arange(len(asked)) < len(inside)

    @cached_property
    def classifier(self) -> ProcedureClassifier:
        """Learned from all that guides tell."""
        questions, others = self._samples
        return ProcedureClassifier.train([*questions.values(), *others])

    def scope(self) -> Scope:
        """Learned from all of it."""
        return Scope.train(*self._inside_and_outside)

    @cached_property
    def _logits(self) -> Vectors:
        return logits_left_out(*self._inside_and_outside)

    def examples(self) -> list[Example]:
        """Questions with an answer, as a guide's and as a record's, and questions without one."""
        return [*self._answerable(), *self._unanswerable()]

    def _answerable(self) -> Iterator[Example]:
        """The guides' questions, every other guide seen as a record, and one way of saying each record.

        Each does without its own passage. A question that people ask is longer than how records are said, so both are needed.
        """
        questions, chance = list(self._samples[0]), np.random.default_rng(0)
        for number, place in enumerate([*questions, *self._records]):
            right = int(self._index.procedure_of[place])
            as_records = chance.random(len(self._index.codes)) < _AS_RECORDS
            as_records[right] = number % 2 == 0
            question, left_out = self._question(number), LeftOut(place, as_records if number < len(questions) else None)
            yield example(self._evidence.features(question, left_out), self._evidence.of_question(question), right)

    def _unanswerable(self) -> Iterator[Example]:
        _, _, inside = self._inside_and_outside
        for number in np.flatnonzero(~inside):
            question = self._question(int(number))
            yield example(self._evidence.features(question), self._evidence.of_question(question), None)

    def _question(self, number: int) -> Question:
        asked, vectors, _ = self._inside_and_outside
        return Question(asked[number], vectors[number], self._margins[number], float(self._logits[number]))

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self._index, self._vocabulary)

    @cached_property
    def _margins(self) -> Vectors:
        """Of the guides' questions by classifiers that were trained without them; the classifier knows nothing of the rest."""
        asked, vectors, _ = self._inside_and_outside
        questions, others = self._samples
        rest = self.classifier.margins([" ".join(terms) for terms in asked[len(questions) :]], vectors[len(questions) :])
        return np.concatenate([scores_left_out(list(questions.values()), others), rest])

    @cached_property
    def _records(self) -> list[int]:
        """The place of one phrase of each record, not always the first."""
        places: dict[int, list[int]] = {}
        for place, passage in enumerate(self._index.passages):
            if not passage.reviewed and passage.section == "question":
                places.setdefault(int(self._index.procedure_of[place]), []).append(place)
        return [found[procedure % len(found)] for procedure, found in places.items()]


def _outside_texts() -> Iterator[str]:
    for path in SMALL_TALK:
        for intent in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            yield from (line.removeprefix("- ") for line in intent["examples"].splitlines())
    yield from _matters(elsewhere_paths())


def _matters(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        yield from yaml.safe_load(path.read_text("utf-8"))["matters"]
