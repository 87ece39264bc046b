"""Trains the projection with PyTorch, when the index is built: each phrase must find another one of its procedure.

Neighbourhood components (Goldberger et al. 2005) on the embedder's vectors and on words, against the phrases that lie nearest.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import faiss
import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.projection import Projection, Units

_NEAREST, _OWN = 12, 4  # phrases each one is compared with, beside those of the others of its batch
_EPOCHS, _BATCH, _TEMPERATURE = 2, 256, 0.1
_RATE, _WORDS_RATE, _WORDS_SPREAD = 4e-3, 4e-3, 0.02  # chosen on phrases left out
_MANY, _CELLS, _CELLS_SEARCHED = 10_000, 256, 12
_OFTEN_ENOUGH = 2  # phrases; what stands in one alone tells nothing of another
_NEVER = -1e9


def train(vectors: Vectors, said: Sequence[Units], procedures: NDArray[np.int64]) -> Projection:
    """From (n, dim) vectors of phrases, the units of each, and its procedure. The same phrases give the same projection."""
    chance = torch.Generator().manual_seed(0)
    centre, own, words = vectors.mean(axis=0), torch.from_numpy(procedures), _Words.of(said)
    phrases = functional.normalize(torch.from_numpy(vectors - centre), dim=1)
    matrix = torch.nn.Parameter(torch.eye(vectors.shape[1]))
    table = torch.nn.Parameter(_WORDS_SPREAD * torch.randn(len(words.places), vectors.shape[1], generator=chance))
    compared, learned = _compared(phrases, own, chance), torch.nonzero(torch.bincount(own)[own] > 1).ravel()
    optimizer = torch.optim.Adam([{"params": [matrix], "lr": _RATE}, {"params": [table], "lr": _WORDS_RATE}], fused=True)
    batches = [batch for _ in range(_EPOCHS if len(learned) else 0) for batch in _shuffled(learned, chance).split(_BATCH)]
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, max(1, len(batches)))
    for batch in batches:
        others = torch.unique(compared[batch])
        moved = functional.normalize(phrases[others] @ matrix + words.summed(table, others), dim=1)
        asked = moved[torch.searchsorted(others, batch)]  # each phrase is the nearest to itself
        scores = (asked @ moved.T / _TEMPERATURE).masked_fill(others == batch[:, None], _NEVER)
        right = torch.where(own[others] == own[batch][:, None], scores.softmax(dim=1), 0.0).sum(dim=1)
        loss = -right[right > 0].log().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    learned_words = table.detach().numpy().astype(np.float16)
    return Projection(centre, matrix.detach().numpy(), words.places, words.weights.numpy(), learned_words)


@dataclass(frozen=True)
class _Words:
    """The units of all phrases one after the other, and what each weighs there: the rarer, the more."""

    places: dict[str, int]
    weights: torch.Tensor
    flat: torch.Tensor
    shares: torch.Tensor
    starts: torch.Tensor
    sizes: torch.Tensor

    @classmethod
    def of(cls, said: Sequence[Units]) -> "_Words":
        counts = Counter(unit for own in said for unit in own)
        known = [unit for unit, count in counts.items() if count >= _OFTEN_ENOUGH]
        places = {unit: place for place, unit in enumerate(known)}
        weights = torch.log(torch.tensor([len(said) / counts[unit] for unit in known]))
        kept = [[places[unit] for unit in own if unit in places] for own in said]
        sizes = torch.tensor(list(map(len, kept)))
        flat = torch.tensor([place for own in kept for place in own], dtype=torch.long)
        phrase_of = torch.repeat_interleave(torch.arange(len(said)), sizes)
        squares = torch.zeros(len(said)).index_add(0, phrase_of, weights[flat] ** 2)
        shares = weights[flat] / squares.sqrt().clamp_min(1e-9)[phrase_of]
        return cls(places, weights, flat, shares, sizes.cumsum(0) - sizes, sizes)

    def summed(self, table: torch.Tensor, phrases: torch.Tensor) -> torch.Tensor:
        """(phrases, dim) the vectors of each phrase's words, weighed."""
        sizes = self.sizes[phrases]
        begins = sizes.cumsum(0) - sizes
        taken = torch.arange(int(sizes.sum())) + torch.repeat_interleave(self.starts[phrases] - begins, sizes)
        return functional.embedding_bag(self.flat[taken], table, begins, mode="sum", per_sample_weights=self.shares[taken])


def _shuffled(places: torch.Tensor, chance: torch.Generator) -> torch.Tensor:
    return places[torch.randperm(len(places), generator=chance)]


def _compared(phrases: torch.Tensor, own: torch.Tensor, chance: torch.Generator) -> torch.Tensor:
    """(n, _NEAREST + _OWN + 1) places of each phrase, of the nearest, and of some of the same procedure."""
    index = _index(phrases.numpy())
    nearest = torch.from_numpy(index.search(phrases.numpy(), min(_NEAREST + 1, len(phrases)))[1])
    order, sizes = torch.argsort(own, stable=True), torch.bincount(own)
    starts = (sizes.cumsum(0) - sizes)[own]
    drawn = (torch.rand(len(own), _OWN, generator=chance) * sizes[own][:, None]).long()
    return torch.cat([torch.arange(len(own))[:, None], nearest, order[starts[:, None] + drawn]], dim=1)


def _index(phrases: Vectors) -> faiss.Index:
    """Exact, or where that takes long one that finds seven in eight of the nearest in an eighth of the time."""
    exact = faiss.IndexFlatIP(phrases.shape[1])
    if len(phrases) <= _MANY:
        exact.add(phrases)
        return exact
    cells = faiss.IndexIVFFlat(exact, phrases.shape[1], _CELLS, faiss.METRIC_INNER_PRODUCT)
    cells.nprobe = _CELLS_SEARCHED
    cells.train(phrases)
    cells.add(phrases)
    return cells
