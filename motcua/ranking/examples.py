"""What the ranker learns from: each question as index, classifier and scope see it that know nothing of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold, StratifiedGroupKFold

from motcua.ranking.training import Example, example
from motcua.retrieval.embedder import Vectors
from motcua.retrieval.features import Evidence, Question
from motcua.retrieval.left_out import NOTHING, LeftOut
from motcua.retrieval.lessons import Lessons
from motcua.retrieval.linear import Linear
from motcua.retrieval.on_all_cores import in_forks, in_processes, in_threads
from motcua.retrieval.projection import Units, units

FOLDS = 3
_AS_RECORDS = 0.4  # share of all guides seen as records beside the one that is asked for
_OUTSIDE = 3  # one in so many of the texts outside is a lesson for the ranker: all would have it decline what it could answer
_COMMON = 20  # a term that more than one in twenty has says nothing of what a text is made like


@dataclass(frozen=True)
class _Case:
    """The number of a question, the procedure that is right, and what to do without."""

    number: int
    right: int | None
    without: LeftOut


class Examples:
    """Evidence for questions with an answer, as a guide's and as a record's, and for questions without one."""

    def __init__(self, lessons: Lessons) -> None:
        self._lessons, self._evidence = lessons, Evidence(lessons.index, lessons.vocabulary)

    def all(self) -> list[Example]:
        """Those of guides, of records, and of what no procedure answers."""
        return in_processes(self._example, [*self._answerable(), *self._unanswerable()])

    def _answerable(self) -> Iterator[_Case]:
        """The guides' questions, every other guide seen as a record, and a few ways of saying each record.

        Each does without its own passage. A question that people ask is longer than how records are said, so both are needed.
        """
        index, chance = self._lessons.index, np.random.default_rng(0)
        for number, place in enumerate(self._lessons.inside):
            right = int(index.procedure_of[place])
            as_records = chance.random(len(index.codes)) < _AS_RECORDS
            as_records[right] = number % 2 == 0
            yield _Case(number, right, LeftOut(place, as_records if index.passages[place].reviewed else None))

    def _unanswerable(self) -> Iterator[_Case]:
        for number in np.flatnonzero(~self._lessons.is_inside)[::_OUTSIDE]:
            yield _Case(int(number), None, NOTHING)

    def _example(self, case: _Case) -> Example:
        question = self._question(case.number)
        features = self._evidence.features(question, case.without)
        return example(features, self._evidence.of_question(question), case.right)

    def _question(self, number: int) -> Question:
        found, places, elsewhere = self._seen[number]
        cosines, logit = self._lessons.index.spread(found, places), float(self._logits[number])
        return Question(self._lessons.stretches[number], cosines, self._margins[number], logit, elsewhere)

    @cached_property
    def _seen(self) -> list[tuple[Vectors, NDArray[np.int64], float]]:
        """For each question the nearest phrases, and how near it comes to what is outside, as the projection sees them that
        knows nothing of it: found for many at once, four times as fast as one by one."""
        of, folds = self._lessons, self._folds_of_phrases
        outside_folds = folds[-len(of.outside) :]
        own = np.append(folds[list(map(of.index.phrase_at, of.inside))], outside_folds)
        found: dict[int, tuple[Vectors, NDArray[np.int64], float]] = {}
        for fold, projection in enumerate(
            in_threads(lambda fold: of.projection_from(np.flatnonzero(folds != fold)), range(FOLDS))
        ):
            outside = projection(of.outside_vectors, of.outside_said)
            index = of.index.under(projection, of.said)
            for known, is_asked in ((outside, of.is_inside), (outside[outside_folds != fold], ~of.is_inside)):
                asked = np.flatnonzero((own == fold) & is_asked)
                if len(asked):
                    projected = projection(of.vectors[asked], [units(of.stretches[number]) for number in asked])
                    nearness = (projected @ known.T).max(axis=1)
                    found |= zip(asked, zip(*index.nearest(projected), nearness, strict=True), strict=True)
        return [found[number] for number in range(len(own))]

    @cached_property
    def _families(self) -> list[str]:
        return families_of(self._lessons.scope_units, self._lessons.is_inside)

    @cached_property
    def _folds_of_phrases(self) -> NDArray[np.int64]:
        """Of each phrase of the index by itself, and of what is outside by families."""
        phrases = self._lessons.index.vectors.ntotal
        kin = np.unique(self._families[len(self._lessons.inside) :], return_inverse=True)[1]
        return folds_of(np.append(np.arange(phrases), phrases + kin))

    @cached_property
    def _logits(self) -> Vectors:
        """Of each question, by a scope that was trained without it and its family."""
        of = self._lessons
        folds = _fold_of(StratifiedGroupKFold(FOLDS).split(of.vectors, of.is_inside, self._families), len(of.is_inside))
        scopes = [of.scope_from(np.flatnonzero(folds != fold)) for fold in range(FOLDS)]
        return _of_each(scopes, folds, of.scope_units, of.vectors)[:, 0]

    @cached_property
    def _margins(self) -> Vectors:
        """Of the guides' questions by classifiers that were trained without them; the last one knows nothing of the rest."""
        of, asked = self._lessons, len(self._lessons.questions)
        folds = np.full(len(of.stretches), FOLDS)
        folds[:asked] = _fold_of(KFold(FOLDS, shuffle=True, random_state=0).split(folds[:asked]), asked)
        classifiers = in_forks(lambda fold: of.classifier_from(np.flatnonzero(folds[:asked] != fold)), range(FOLDS + 1))
        return _of_each(classifiers, folds, of.paired, of.vectors)


def families_of(texts: Sequence[Sequence[str]], inside: NDArray[np.bool_]) -> list[str]:
    """A name for each text: its own number, or of those outside the rarest unit that a few others have ("nuôi rồng" twice).

    Matters outside are written many at a time, and what is learned from a sister is no surprise.
    """
    outside = np.flatnonzero(~inside)
    counts = Counter(unit for place in outside for unit in set(texts[place]))
    few = max(2, len(outside) // _COMMON)
    names = [f"{number}" for number in range(len(texts))]
    for place in outside:
        if shared := [(counts[unit], unit) for unit in texts[place] if 1 < counts[unit] <= few]:
            names[place] = min(shared)[1]
    return names


def folds_of(families: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n,) a fold for each, by the number of its family: a family is left out as one."""
    drawn = np.random.default_rng(0).integers(0, FOLDS, int(families.max()) + 1)
    return np.asarray(drawn[families])


def _fold_of(splits: Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]], size: int) -> NDArray[np.int64]:
    """(size,) the number of the split that leaves each out."""
    folds = np.zeros(size, dtype=np.int64)
    for fold, (_, left_out) in enumerate(splits):
        folds[left_out] = fold
    return folds


def _of_each(models: Sequence[Linear], folds: NDArray[np.int64], texts: Sequence[Units], vectors: Vectors) -> Vectors:
    """(n, scores) of each text by the model of its fold."""
    scores = np.zeros((len(texts), len(models[0].bias)), dtype=np.float32)
    for fold, model in enumerate(models):
        asked = np.flatnonzero(folds == fold)
        scores[asked] = model.all_scores([texts[place] for place in asked], vectors[asked])
    return scores
