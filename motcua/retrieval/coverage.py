"""How much of what is asked each procedure's texts hold, in words of one kind: folded, as spelled, or pairs of these."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from motcua.retrieval.bags import Bags
from motcua.retrieval.embedder import Vectors
from motcua.retrieval.left_out import LeftOut

_OFTEN_ENOUGH = 2  # passages; a question learned from is in one itself


class Coverage:
    """Bags of the words of each procedure's passages, whole and as a record of the catalogue would have them."""

    def __init__(
        self, passages: Sequence[Sequence[str]], procedure_of: NDArray[np.int64], like_record: NDArray[np.bool_]
    ) -> None:
        self._passages, self._procedure_of, self._kept = passages, procedure_of, like_record
        self._counts = [Counter[str]() for _ in range(int(procedure_of.max()) + 1)]
        for words, procedure in zip(passages, procedure_of, strict=True):
            self._counts[procedure].update(set(words))
        self._bags = Bags([set(counts) for counts in self._counts])
        self._passages_with = Counter[str]()
        for counts in self._counts:
            self._passages_with.update(counts)

    @cached_property
    def _record_bags(self) -> Bags:
        bags: list[set[str]] = [set() for _ in self._counts]
        for words, procedure, kept in zip(self._passages, self._procedure_of, self._kept, strict=True):
            bags[procedure].update(words if kept else ())
        return Bags(bags)

    def weight(self, word: str) -> float:
        """What a word tells: the fewer procedures hold it, the more."""
        return self._bags.weight(word)

    def of(self, asked: Sequence[str], left_out: LeftOut) -> tuple[Vectors, Vectors]:
        """(procedures,) twice: the share of what is asked that each holds; the weight, 0 to 1, of the rarest word it lacks."""
        wanted = sorted(set(asked))
        weights = np.array([self._bags.weight(word) for word in wanted], dtype=np.float32)
        held = self._bags.holders(wanted)
        if left_out.passage is not None:
            procedure = int(self._procedure_of[left_out.passage])
            counts, only = self._counts[procedure], set(self._passages[left_out.passage])
            held[:, procedure] = [counts[word] > (word in only) for word in wanted]
        if left_out.as_records is not None:
            held = np.where(left_out.as_records, self._record_bags.holders(wanted), held)
        lacked = np.where(held, np.float32(0), weights[:, None]).max(axis=0, initial=0.0) / self._bags.rarest
        return weights @ held / np.float32(weights.sum() or 1.0), lacked

    def unheard(self, asked: Sequence[str]) -> float:
        """The share of what is asked that hardly any passage holds."""
        wanted = set(asked)
        unheard = sum(self.weight(word) for word in wanted if self._passages_with[word] < _OFTEN_ENOUGH)
        return unheard / (sum(map(self.weight, wanted)) or 1.0)
