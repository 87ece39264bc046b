"""The evidence for each procedure: how well a question meets its passages, as a few numbers a ranker can weigh."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from motcua.retrieval.bags import Bags
from motcua.retrieval.coverage import Coverage
from motcua.retrieval.embedder import Vectors
from motcua.retrieval.index import Index
from motcua.retrieval.left_out import NOTHING, LeftOut
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import marked_terms, pairs, terms, with_pairs
from motcua.vietnamese.vocabulary import Vocabulary

# Of each procedure; "…_lead" is how far it stands above the best of the others.
NAMES: tuple[str, ...] = ("phrase", "phrase_lead", "text", "coverage", "coverage_lead", "name_coverage")
NAMES += ("spelled", "spelled_lead", "lacked", "pairs", "pairs_lead")
NAMES += ("action_agrees", "action_clashes", "action_unasked")
NAMES += ("dense", "dense_lead", "name_dense", "density", "density_lead", "density_share", "margin", "margin_lead", "reviewed")
# Of the question: what speaks for "none of these".
ASKED_NAMES: tuple[str, ...] = ("scope", "elsewhere", "unheard", "unheard_spelled", "unheard_pairs", "length")
_RECORD_PHRASES = 6
NO_MARGIN = -1.2  # what the classifier, which knows guides only, would say of a procedure it holds for unlikely
_SHARPNESS = 12.0  # of the density: a phrase 0.06 farther counts half
_FAR = 1e-4  # the density of a procedure that has no phrase near


@dataclass(frozen=True)
class Question:
    """What evidence is computed from: words as spelled (neighbours together), cosines, the classifier's margins.

    `scope` is the logit of being about procedures at all, `elsewhere` the cosine of the nearest matter that none answers.
    """

    stretches: Sequence[Sequence[str]]
    cosines: Vectors
    margins: Vectors
    scope: float
    elsewhere: float

    @cached_property
    def words(self) -> list[str]:
        """The words in order."""
        return list(chain.from_iterable(self.stretches))

    @cached_property
    def pairs(self) -> list[str]:
        """Pairs of words that are neighbours in the text."""
        return list(chain.from_iterable(map(pairs, self.stretches)))

    @cached_property
    def asked(self) -> list[str]:
        """The words folded."""
        return list(map(fold, self.words))


class Evidence:
    """Computes the features of NAMES for every procedure at once."""

    def __init__(self, index: Index, vocabulary: Vocabulary) -> None:
        self._index, self._vocabulary = index, vocabulary
        names = [terms(name) for name in index.names()]
        self._actions = np.array([self._action_bits(name) for name in names])
        self._new = 1 << list(vocabulary.actions).index("new")  # what most people come for, said or not
        self._names = Bags([set(with_pairs(name)) for name in names])
        words = [marked_terms(passage.text) for passage in index.passages]
        self._like_record = _like_record(index)
        self._folded = self._coverage_of([list(map(fold, said)) for said in words])
        self._spelled, self._pairs = self._coverage_of(words), self._coverage_of(list(map(pairs, words)))
        self._is_name = np.array([passage.section == "name" for passage in index.passages])
        self._reviewed = np.array([float(reviewed) for reviewed in index.reviewed()], dtype=np.float32)

    def _coverage_of(self, passages: list[list[str]]) -> Coverage:
        return Coverage(passages, self._index.procedure_of, self._like_record)

    def features(self, question: Question, left_out: LeftOut = NOTHING) -> NDArray[np.float32]:
        """(procedures, features) of one question."""
        margins = self._margins(question, left_out)
        columns = {
            **self._of_words(question, left_out),
            **self._of_actions(question),
            **self._of_meaning(question, left_out),
            "margin": margins,
            "margin_lead": _lead(margins),
            "reviewed": self._reviewed_but(left_out),
        }
        return np.asarray(np.stack([columns[name] for name in NAMES], axis=1), dtype=np.float32)

    def of_question(self, question: Question) -> NDArray[np.float32]:
        """(ASKED_NAMES,) what the question itself tells of whether some procedure answers it."""
        pairs_unheard, length = self._pairs.unheard(question.pairs), math.log1p(len(question.words))
        unheard = (self._folded.unheard(question.asked), self._spelled.unheard(question.words), pairs_unheard)
        return np.array((question.scope, question.elsewhere, *unheard, length), dtype=np.float32)

    def _of_words(self, question: Question, left_out: LeftOut) -> dict[str, Vectors]:
        """Shared words, by BM25 as shares of the best score there could be, and as shares of what is asked."""
        index, asked = self._index, question.asked
        both = [*asked, *map(fold, question.pairs)]
        lexical = np.where(self._hidden(left_out), np.float32(0), index.lexical.scores(asked))
        weight = sum(map(self._folded.weight, asked)) + sum(map(self._names.weight, both[len(asked) :])) or 1.0
        phrase = index.best_of_each(np.where(index.is_phrase, lexical, 0.0)) / weight
        coverage, _ = self._folded.of(asked, left_out)
        said, lacked = self._spelled.of(question.words, left_out)
        paired, _ = self._pairs.of(question.pairs, left_out)
        return {
            "phrase": phrase,
            "phrase_lead": _lead(phrase),
            "text": index.best_of_each(np.where(index.is_phrase, 0.0, lexical)) / weight,
            "coverage": coverage,
            "coverage_lead": _lead(coverage),
            "name_coverage": self._names.said(both),
            "spelled": said,
            "spelled_lead": _lead(said),
            "lacked": lacked,
            "pairs": paired,
            "pairs_lead": _lead(paired),
        }

    def _of_meaning(self, question: Question, left_out: LeftOut) -> dict[str, Vectors]:
        """The nearest phrase, the name, and how many phrases are near."""
        index = self._index
        cosines = np.where(self._hidden(left_out), np.float32(0), question.cosines)
        dense, near = index.best_of_each(cosines), np.where(cosines > 0, np.exp(_SHARPNESS * (cosines - 1)), 0.0)
        density = np.log(index.sum_of_each(near) + _FAR)
        return {
            "dense": dense,
            "dense_lead": _lead(dense),
            "name_dense": index.best_of_each(np.where(self._is_name, cosines, np.float32(0))),
            "density": density,
            "density_lead": _lead(density),
            "density_share": density - np.logaddexp.reduce(density),
        }

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

    def _margins(self, question: Question, left_out: LeftOut) -> Vectors:
        margins = np.full(len(self._index.codes), NO_MARGIN, dtype=np.float32)
        margins[: len(question.margins)] = question.margins  # what was reviewed comes first
        return margins if left_out.as_records is None else np.where(left_out.as_records, np.float32(NO_MARGIN), margins)

    def _reviewed_but(self, left_out: LeftOut) -> Vectors:
        return self._reviewed if left_out.as_records is None else np.where(left_out.as_records, np.float32(0), self._reviewed)


def _lead(scores: Vectors) -> Vectors:
    """How far each score stands above the best of the others."""
    if len(scores) < 2:
        return scores
    others = scores.copy()
    others[scores.argmax()] = -np.inf
    best, second = scores.max(), others.max()
    return np.asarray(np.where(scores == best, scores - second, scores - best), dtype=np.float32)


def _like_record(index: Index) -> NDArray[np.bool_]:
    """(passages,) what a record of the catalogue would have as well: its name and some ways of saying it."""
    found, said = np.zeros(len(index.passages), dtype=np.bool_), Counter[int]()
    for place, passage in enumerate(index.passages):
        if passage.section in ("name", "also_called") or not passage.reviewed:
            said[int(index.procedure_of[place])] += 1
            found[place] = said[int(index.procedure_of[place])] <= _RECORD_PHRASES
    return found
