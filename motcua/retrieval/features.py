"""The evidence for each procedure: how well a question meets its passages, as a few numbers a ranker can weigh."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motcua.retrieval.bags import Bags
from motcua.retrieval.embedder import Vectors
from motcua.retrieval.index import Index
from motcua.vietnamese.terms import terms, with_pairs
from motcua.vietnamese.vocabulary import Vocabulary

# Of each procedure; "…_lead" is how far it stands above the best of the others.
NAMES: tuple[str, ...] = ("phrase", "phrase_lead", "text", "coverage", "coverage_lead", "name_coverage")
NAMES += ("action_agrees", "action_clashes", "action_unasked")
NAMES += ("dense", "dense_lead", "name_dense", "margin", "margin_lead", "letters", "letters_lead", "reviewed")
# Of the question: what speaks for "none of these".
ASKED_NAMES: tuple[str, ...] = ("scope", "unknown", "length")
_FLOOR = 0.75  # multilingual-e5 puts even unrelated texts above this cosine
_RECORD_PHRASES = 4
NO_MARGIN = -1.2  # what the classifier, which knows guides only, would say of a procedure it holds for unlikely


@dataclass(frozen=True)
class Question:
    """What evidence is computed from: folded terms, sentence vector, the classifier's margins, the scope's logit."""

    asked: Sequence[str]
    vector: Vectors
    margins: Vectors
    scope: float


@dataclass(frozen=True)
class LeftOut:
    """What an index must do without, so that it can be learned from.

    `passage` is a question the index holds. Of the procedures in `as_records` (a mask) only that is seen which a record of
    the catalogue would have as well. Some that are not asked for must be among them: else "seen as a record" means "right".
    """

    passage: int | None = None
    as_records: NDArray[np.bool_] | None = None


class Evidence:
    """Computes the features of NAMES for every procedure at once."""

    def __init__(self, index: Index, vocabulary: Vocabulary) -> None:
        self._index, self._vocabulary = index, vocabulary
        self._actions = [vocabulary.actions_in(terms(name)) for name in index.names()]
        self._like_record = _like_record(index)
        self._names = Bags([set(with_pairs(terms(name))) for name in index.names()])
        self._bags = Bags(_bags(index, ~index.is_question))
        self._record_bags = Bags(_bags(index, self._like_record))
        self._is_name = np.array([passage.section == "name" for passage in index.passages])
        self._reviewed = np.array([float(reviewed) for reviewed in index.reviewed()], dtype=np.float32)

    def features(self, question: Question, left_out: LeftOut = LeftOut()) -> NDArray[np.float32]:
        """(procedures, features) of one question."""
        index, pairs = self._index, with_pairs(list(question.asked))
        lexical, letters = index.lexical.scores(question.asked), index.letters.scores(question.asked)
        cosines = index.cosines(question.vector, _FLOOR)
        hidden = self._hidden(left_out)
        lexical[hidden], letters[hidden], cosines[hidden] = 0.0, 0.0, _FLOOR
        weight = sum(map(self._bags.weight, question.asked)) + sum(map(self._names.weight, pairs[len(question.asked) :])) or 1.0
        phrase = index.best_of_each(np.where(index.is_phrase, lexical, 0.0)) / weight
        text = index.best_of_each(np.where(index.is_phrase, 0.0, lexical)) / weight
        dense, letter = _above_floor(index.best_of_each(cosines)), index.best_of_each(letters)
        named = _above_floor(index.best_of_each(np.where(self._is_name, cosines, _FLOOR)))
        coverage, margins = self._coverage(question, left_out), self._margins(question, left_out)
        columns = [
            phrase,
            _lead(phrase),
            text,
            coverage,
            _lead(coverage),
            self._names.said(pairs),
            *self._of_actions(question),
            dense,
            _lead(dense),
            named,
        ]
        columns += [margins, _lead(margins), letter, _lead(letter), self._reviewed_but(left_out)]
        return np.asarray(np.stack(columns, axis=1), dtype=np.float32)

    def of_question(self, question: Question) -> NDArray[np.float32]:
        """(ASKED_NAMES,) what the question itself tells of whether some procedure answers it."""
        asked = [question.scope, self._bags.unknown(question.asked), math.log1p(len(question.asked))]
        return np.array(asked, dtype=np.float32)

    def _of_actions(self, question: Question) -> NDArray[np.float32]:
        """(3, procedures) whether what is to be done agrees with the name, clashes with it, or is in the name alone."""
        asked = self._vocabulary.actions_in(list(question.asked))
        rows = [
            (bool(asked & own), bool(asked and own and not asked & own), bool(not asked and own - {"new"}))
            for own in self._actions
        ]
        return np.array(rows, dtype=np.float32).T

    def _hidden(self, left_out: LeftOut) -> NDArray[np.bool_]:
        hidden = np.zeros(len(self._index.passages), dtype=np.bool_)
        if left_out.as_records is not None:
            hidden = left_out.as_records[self._index.procedure_of] & ~self._like_record
        if left_out.passage is not None:
            hidden[left_out.passage] = True
        return hidden

    def _coverage(self, question: Question, left_out: LeftOut) -> Vectors:
        coverage = self._bags.coverage(question.asked)
        if left_out.as_records is None:
            return coverage
        return np.where(left_out.as_records, self._record_bags.coverage(question.asked), coverage)

    def _margins(self, question: Question, left_out: LeftOut) -> Vectors:
        margins = np.full(len(self._index.codes), NO_MARGIN, dtype=np.float32)
        margins[: len(question.margins)] = question.margins  # guides come first
        return margins if left_out.as_records is None else np.where(left_out.as_records, np.float32(NO_MARGIN), margins)

    def _reviewed_but(self, left_out: LeftOut) -> Vectors:
        return self._reviewed if left_out.as_records is None else np.where(left_out.as_records, np.float32(0), self._reviewed)


def _above_floor(cosines: Vectors) -> Vectors:
    return np.asarray((cosines - _FLOOR) / (1 - _FLOOR), dtype=np.float32)


def _lead(scores: Vectors) -> Vectors:
    """How far each score stands above the best of the others."""
    if len(scores) < 2:
        return scores
    second, best = np.partition(scores, -2)[-2:]
    return np.asarray(np.where(scores == best, scores - second, scores - best), dtype=np.float32)


def _bags(index: Index, kept: NDArray[np.bool_]) -> list[set[str]]:
    bags: list[set[str]] = [set() for _ in index.codes]
    for place in np.flatnonzero(kept):
        bags[index.procedure_of[place]] |= set(terms(index.passages[place].text))
    return bags


def _like_record(index: Index) -> NDArray[np.bool_]:
    """(passages,) what a record of the catalogue would have as well: its name and three ways of saying it."""
    found, said = np.zeros(len(index.passages), dtype=np.bool_), Counter[int]()
    for place, passage in enumerate(index.passages):
        if passage.section in ("name", "also_called"):
            said[int(index.procedure_of[place])] += 1
            found[place] = said[int(index.procedure_of[place])] <= _RECORD_PHRASES
    return found
