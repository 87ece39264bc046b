"""The evidence for each procedure: how well a question meets its passages, as a few numbers a ranker can weigh."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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
NAMES += ("dense", "dense_lead", "name_dense", "margin", "margin_lead", "reviewed")
# Of the question: what speaks for "none of these".
ASKED_NAMES: tuple[str, ...] = ("scope", "unheard", "length")
_FLOOR = 0.75  # multilingual-e5 puts even unrelated texts above this cosine
_OFTEN_ENOUGH = 2  # passages; a question learned from is in one itself
_RECORD_PHRASES = 6
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

    `passage` is the one the question was taken from. Of the procedures in `as_records` (a mask) only that is seen which a
    record of the catalogue would have as well; some that are not asked for must be among them, else it would mean "right".
    """

    passage: int | None = None
    as_records: NDArray[np.bool_] | None = None


NOTHING = LeftOut()


class Evidence:
    """Computes the features of NAMES for every procedure at once."""

    def __init__(self, index: Index, vocabulary: Vocabulary) -> None:
        self._index, self._vocabulary = index, vocabulary
        names = [terms(name) for name in index.names()]
        self._actions = np.array([self._action_bits(name) for name in names])
        self._new = 1 << list(vocabulary.actions).index("new")  # what most people come for, said or not
        self._names = Bags([set(with_pairs(name)) for name in names])
        self._counts = _counts(index)
        self._bags = Bags([set(counts) for counts in self._counts])
        self._passages_with = Counter[str]()
        for counts in self._counts:
            self._passages_with.update(counts)
        self._is_name = np.array([passage.section == "name" for passage in index.passages])
        self._reviewed = np.array([float(reviewed) for reviewed in index.reviewed()], dtype=np.float32)

    @cached_property
    def _like_record(self) -> NDArray[np.bool_]:
        return _like_record(self._index)

    @cached_property
    def _record_bags(self) -> Bags:
        """Asked for in training only."""
        return Bags([set(counts) for counts in _counts(self._index, self._like_record)])

    def features(self, question: Question, left_out: LeftOut = NOTHING) -> NDArray[np.float32]:
        """(procedures, features) of one question."""
        index, pairs = self._index, with_pairs(list(question.asked))
        lexical, cosines = index.lexical.scores(question.asked), index.cosines(question.vector, _FLOOR)
        hidden = self._hidden(left_out)
        lexical[hidden], cosines[hidden] = 0.0, _FLOOR
        weight = sum(map(self._bags.weight, question.asked)) + sum(map(self._names.weight, pairs[len(question.asked) :])) or 1.0
        phrase = index.best_of_each(np.where(index.is_phrase, lexical, 0.0)) / weight
        text = index.best_of_each(np.where(index.is_phrase, 0.0, lexical)) / weight
        dense = _above_floor(index.best_of_each(cosines))
        named = _above_floor(index.best_of_each(np.where(self._is_name, cosines, _FLOOR)))
        coverage, margins = self._coverage(question, left_out), self._margins(question, left_out)
        columns = {
            "phrase": phrase,
            "phrase_lead": _lead(phrase),
            "text": text,
            "coverage": coverage,
            "coverage_lead": _lead(coverage),
            "name_coverage": self._names.said(pairs),
            **self._of_actions(question),
            "dense": dense,
            "dense_lead": _lead(dense),
            "name_dense": named,
            "margin": margins,
            "margin_lead": _lead(margins),
            "reviewed": self._reviewed_but(left_out),
        }
        return np.asarray(np.stack([columns[name] for name in NAMES], axis=1), dtype=np.float32)

    def of_question(self, question: Question) -> NDArray[np.float32]:
        """(ASKED_NAMES,) what the question itself tells of whether some procedure answers it."""
        wanted = set(question.asked)
        unheard = sum(self._bags.weight(term) for term in wanted if self._passages_with[term] < _OFTEN_ENOUGH)
        share = unheard / (sum(map(self._bags.weight, wanted)) or 1.0)
        return np.array([question.scope, share, math.log1p(len(question.asked))], dtype=np.float32)

    def _of_actions(self, question: Question) -> dict[str, NDArray[np.bool_]]:
        """(procedures,) whether what is to be done agrees with the name, clashes with it, or is in the name alone."""
        asked, own = self._action_bits(question.asked), self._actions
        agrees = (own & asked) != 0
        return {
            "action_agrees": agrees,
            "action_clashes": (own != 0) & (asked != 0) & ~agrees,
            "action_unasked": (own & ~self._new != 0) & (asked == 0),
        }

    def _action_bits(self, said: Sequence[str]) -> int:
        found = self._vocabulary.actions_in(list(said))
        return sum(1 << place for place, action in enumerate(self._vocabulary.actions) if action in found)

    def _hidden(self, left_out: LeftOut) -> NDArray[np.bool_]:
        hidden = np.zeros(len(self._index.passages), dtype=np.bool_)
        if left_out.as_records is not None:
            hidden = left_out.as_records[self._index.procedure_of] & ~self._like_record
        if left_out.passage is not None:
            hidden[left_out.passage] = True
        return hidden

    def _coverage(self, question: Question, left_out: LeftOut) -> Vectors:
        coverage = self._bags.coverage(question.asked)
        if left_out.passage is not None:
            procedure = int(self._index.procedure_of[left_out.passage])
            only = set(terms(self._index.passages[left_out.passage].text))
            counts, wanted = self._counts[procedure], set(question.asked)
            held = sum(self._bags.weight(term) for term in wanted if counts[term] > (term in only))
            coverage[procedure] = held / (sum(map(self._bags.weight, wanted)) or 1.0)
        if left_out.as_records is not None:
            coverage = np.where(left_out.as_records, self._record_bags.coverage(question.asked), coverage)
        return coverage

    def _margins(self, question: Question, left_out: LeftOut) -> Vectors:
        margins = np.full(len(self._index.codes), NO_MARGIN, dtype=np.float32)
        margins[: len(question.margins)] = question.margins  # what was reviewed comes first
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


def _counts(index: Index, kept: NDArray[np.bool_] | None = None) -> list[Counter[str]]:
    """Of each procedure, in how many of its passages, of all or of those kept, a term stands."""
    counts = [Counter[str]() for _ in index.codes]
    for place, passage in enumerate(index.passages):
        if kept is None or kept[place]:
            counts[index.procedure_of[place]].update(set(terms(passage.text)))
    return counts


def _like_record(index: Index) -> NDArray[np.bool_]:
    """(passages,) what a record of the catalogue would have as well: its name and some ways of saying it."""
    found, said = np.zeros(len(index.passages), dtype=np.bool_), Counter[int]()
    for place, passage in enumerate(index.passages):
        if passage.section in ("name", "also_called") or not passage.reviewed:
            said[int(index.procedure_of[place])] += 1
            found[place] = said[int(index.procedure_of[place])] <= _RECORD_PHRASES
    return found
