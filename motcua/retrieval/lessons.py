"""What retrieval learns from: the guides' own questions, each left out in turn, and what no procedure answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import yaml
from numpy.typing import NDArray

from motcua.retrieval.artefact import SMALL_TALK, elsewhere_paths
from motcua.retrieval.classifier import Sample, train_classifiers
from motcua.retrieval.elsewhere import Elsewhere
from motcua.retrieval.embedder import Embedder, Vectors
from motcua.retrieval.features import Evidence, Question
from motcua.retrieval.index import Index
from motcua.retrieval.left_out import NOTHING, LeftOut
from motcua.retrieval.linear import Linear
from motcua.retrieval.on_all_cores import in_processes
from motcua.retrieval.passages import PHRASE_SECTIONS
from motcua.retrieval.projection import Projection, units
from motcua.retrieval.projection_training import FOLDS, train_views
from motcua.retrieval.ranker_training import Example, example
from motcua.retrieval.scope import families_of, logits_left_out, train_scope
from motcua.vietnamese.folding import fold
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.terms import terms, with_pairs
from motcua.vietnamese.vocabulary import Vocabulary

_AS_RECORDS = 0.4  # share of all guides seen as records beside the one that is asked for
_OUTSIDE = 3  # one in so many of the texts outside is a lesson for the ranker: all would have it decline what it could answer
_ASKED_OF_A_RECORD = 3  # phrases: with one, guides had four in five of the lessons and were preferred to the record meant


@dataclass(frozen=True)
class _Lesson:
    """The number of a question, the procedure that is right, and what to do without."""

    number: int
    right: int | None
    without: LeftOut


class Lessons:
    """Training data for classifier, scope and ranker, from an index."""

    def __init__(self, index: Index, embedder: Embedder, vocabulary: Vocabulary, reader: Reader) -> None:
        self._index, self._embedder, self._vocabulary = index, embedder, vocabulary
        read = ((reader.restore(text), file) for text, file in _outside_texts())
        outside = [(text, file) for text, file in read if self._about(text)]
        self._outside, self._files = [text for text, _ in outside], [file for _, file in outside]

    @cached_property
    def said(self) -> list[list[str]]:
        """The units of each phrase of the index."""
        phrases = (passage.text for passage in self._index.passages if passage.section in PHRASE_SECTIONS)
        return [units(self._vocabulary.stretches(phrase, with_marks=True)) for phrase in phrases]

    @property
    def texts(self) -> list[str]:
        """Every text that was embedded, as the embedder read it."""
        return [*(passage.text for passage in self._index.passages if passage.section in PHRASE_SECTIONS), *self._outside]

    def _about(self, text: str) -> list[str]:
        return self._vocabulary.about(text, with_marks=True)

    @cached_property
    def _samples(self) -> tuple[dict[int, Sample], list[Sample]]:
        """What people ask and call the guides by, at the place of its passage, and what else guides tell."""
        questions, others = {}, []
        for place, passage in enumerate(self._index.passages):
            if not passage.reviewed:
                break
            sample = self._sample(place)
            if passage.section in ("question", "also_called"):  # short messages are mostly names: "mai táng phí"
                questions[place] = sample
            else:
                others.append(sample)
        return questions, others

    def _sample(self, place: int) -> Sample:
        passage, procedure = self._index.passages[place], int(self._index.procedure_of[place])
        if passage.section in PHRASE_SECTIONS:
            return Sample(tuple(map(fold, self._about(passage.text))), self._index.vector_of(place), procedure)
        return Sample(tuple(terms(passage.text)), np.zeros(self._index.vectors.d, dtype=np.float32), procedure)

    @cached_property
    def _inside(self) -> list[int]:
        """The places of the guides' questions, then of the records'."""
        return [*self._samples[0], *self._records]

    @cached_property
    def _stretches(self) -> list[list[list[str]]]:
        """As spelled: of what is inside, then of what is outside."""
        texts = (*(self._index.passages[place].text for place in self._inside), *self._outside)
        return [self._vocabulary.stretches(text, with_marks=True) for text in texts]

    @cached_property
    def _terms(self) -> list[list[str]]:
        return [list(map(fold, chain.from_iterable(stretches))) for stretches in self._stretches]

    @cached_property
    def _scope_units(self) -> list[list[str]]:
        kinds = map(self._vocabulary.kinds_in, self._stretches)
        return [with_pairs(said) + found for said, found in zip(self._terms, kinds, strict=True)]

    @cached_property
    def _vectors(self) -> Vectors:
        """As the embedder made them, in the order of the words."""
        inside = np.stack([self._index.vector_of(place) for place in self._inside])
        return np.concatenate([inside, self._embedder.embed(self._outside)])

    @cached_property
    def _is_inside(self) -> NDArray[np.bool_]:
        return np.arange(len(self._stretches)) < len(self._inside)

    @property
    def _outside_vectors(self) -> Vectors:
        return self._vectors[len(self._inside) :]

    @cached_property
    def _outside_said(self) -> list[list[str]]:
        return list(map(units, self._stretches[len(self._inside) :]))

    @cached_property
    def _families(self) -> list[str]:
        return families_of(self._scope_units, self._is_inside)

    @cached_property
    def _projections(self) -> tuple[NDArray[np.int64], list[Projection]]:
        """Learned from all phrases, and from what is outside as if each of its files were one procedure more."""
        phrases, outside = self._index.all_vectors(), self._outside_vectors
        procedures = np.append(self._index.procedures_of_phrases(), np.array(self._files) + len(self._index.codes))
        kin = np.unique(self._families[len(self._inside) :], return_inverse=True)[1]
        families = np.append(np.arange(len(phrases)), len(phrases) + kin)
        return train_views(np.concatenate([phrases, outside]), [*self.said, *self._outside_said], procedures, families)

    @property
    def projection(self) -> Projection:
        """Learned from all of it."""
        return self._projections[1][FOLDS]

    def elsewhere(self) -> Elsewhere:
        """All that is outside."""
        return Elsewhere.of(self.projection(self._outside_vectors, self._outside_said))

    @cached_property
    def _seen(self) -> list[tuple[Vectors, NDArray[np.int64], float]]:
        """For each question the nearest phrases, and how near it comes to what is outside, as the projection sees them that
        knows nothing of it: found for many at once, four times as fast as one by one."""
        folds, projections = self._projections
        phrases = [self._index.phrase_at(place) for place in self._inside]
        own, folds_outside = np.append(folds[phrases], folds[-len(self._outside) :]), folds[-len(self._outside) :]
        found: dict[int, tuple[Vectors, NDArray[np.int64], float]] = {}
        for view, projection in enumerate(projections[:FOLDS]):
            outside = projection(self._outside_vectors, self._outside_said)
            index = self._index.under(projection, self.said)
            for known, is_asked in ((outside, self._is_inside), (outside[folds_outside != view], ~self._is_inside)):
                asked = np.flatnonzero((own == view) & is_asked)
                if len(asked):
                    projected = projection(self._vectors[asked], [units(self._stretches[number]) for number in asked])
                    nearness = (projected @ known.T).max(axis=1)
                    found |= zip(asked, zip(*index.nearest(projected), nearness, strict=True), strict=True)
        return [found[number] for number in range(len(own))]

    @cached_property
    def _classifiers(self) -> tuple[Linear, Vectors]:
        """Learned from all that guides tell, and what others say of the guides' questions that know nothing of them."""
        questions, others = self._samples
        return train_classifiers(list(questions.values()), others)

    @property
    def classifier(self) -> Linear:
        """Learned from all of it."""
        return self._classifiers[0]

    def scope(self) -> Linear:
        """Learned from all of it."""
        return train_scope(self._scope_units, self._vectors, self._is_inside)

    @cached_property
    def _logits(self) -> Vectors:
        return logits_left_out(self._scope_units, self._vectors, self._is_inside, self._families)

    def examples(self) -> list[Example]:
        """Questions with an answer, as a guide's and as a record's, and questions without one."""
        return in_processes(self._example, [*self._answerable(), *self._unanswerable()])

    def _answerable(self) -> Iterator[_Lesson]:
        """The guides' questions, every other guide seen as a record, and a few ways of saying each record.

        Each does without its own passage. A question that people ask is longer than how records are said, so both are needed.
        """
        questions, chance = self._samples[0], np.random.default_rng(0)
        for number, place in enumerate(self._inside):
            right = int(self._index.procedure_of[place])
            as_records = chance.random(len(self._index.codes)) < _AS_RECORDS
            as_records[right] = number % 2 == 0
            yield _Lesson(number, right, LeftOut(place, as_records if number < len(questions) else None))

    def _unanswerable(self) -> Iterator[_Lesson]:
        for number in np.flatnonzero(~self._is_inside)[::_OUTSIDE]:
            yield _Lesson(int(number), None, NOTHING)

    def _example(self, lesson: _Lesson) -> Example:
        question = self._question(lesson.number)
        features = self._evidence.features(question, lesson.without)
        return example(features, self._evidence.of_question(question), lesson.right)

    def _question(self, number: int) -> Question:
        found, places, elsewhere = self._seen[number]
        cosines, logit = self._index.spread(found, places), float(self._logits[number])
        return Question(self._stretches[number], cosines, self._margins[number], logit, elsewhere)

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self._index, self._vocabulary)

    @cached_property
    def _margins(self) -> Vectors:
        """Of the guides' questions by classifiers that were trained without them; the classifier knows nothing of the rest."""
        classifier, left_out = self._classifiers
        rest = slice(len(left_out), None)
        known = classifier.all_scores(list(map(with_pairs, self._terms[rest])), self._vectors[rest])
        return np.concatenate([left_out, known])

    @cached_property
    def _records(self) -> list[int]:
        """The places of a few phrases of each record, not always the first."""
        places: dict[int, list[int]] = {}
        for place, passage in enumerate(self._index.passages):
            if not passage.reviewed and passage.section == "question":
                places.setdefault(int(self._index.procedure_of[place]), []).append(place)
        turned = ([*found[procedure % len(found) :], *found[: procedure % len(found)]] for procedure, found in places.items())
        return [place for found in turned for place in found[:_ASKED_OF_A_RECORD]]


def _outside_texts() -> Iterator[tuple[str, int]]:
    """Each text, and the number of its file."""
    for number, path in enumerate((*SMALL_TALK, *elsewhere_paths())):
        told = yaml.safe_load(path.read_text("utf-8"))
        examples = chain.from_iterable(intent["examples"].splitlines() for intent in told.get("nlu", ()))
        yield from ((text, number) for text in (*told.get("matters", ()), *(line.removeprefix("- ") for line in examples)))
