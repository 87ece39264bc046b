"""Trains the projection with PyTorch, when the index is built: each phrase must find another one of its procedure.

Neighbourhood components (Goldberger et al. 2005) on the embedder's vectors, against the phrases that lie nearest.
"""

import faiss
import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.projection import Projection

FOLDS = 3
_NEAREST, _OWN = 12, 4  # phrases each one is compared with, beside those of the others of its batch
_EPOCHS, _BATCH, _RATE, _TEMPERATURE = 3, 256, 4e-3, 0.1
_NEVER = -1e9


def train(vectors: Vectors, procedures: NDArray[np.int64]) -> Projection:
    """From (n, dim) vectors of phrases and the procedure of each. The same phrases give the same projection."""
    torch.manual_seed(0)
    centre = vectors.mean(axis=0)
    phrases, own = functional.normalize(torch.from_numpy(vectors - centre), dim=1), torch.from_numpy(procedures)
    matrix = torch.nn.Parameter(torch.eye(vectors.shape[1]))
    compared, learned = _compared(phrases, own), torch.nonzero(torch.bincount(own)[own] > 1).ravel()
    optimizer = torch.optim.Adam([matrix], lr=_RATE)
    batches = [batch for _ in range(_EPOCHS if len(learned) else 0) for batch in _shuffled(learned).split(_BATCH)]
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, max(1, len(batches)))
    for batch in batches:
        others = torch.unique(compared[batch])
        asked, found = (functional.normalize(phrases[places] @ matrix, dim=1) for places in (batch, others))
        scores = (asked @ found.T / _TEMPERATURE).masked_fill(others == batch[:, None], _NEVER)
        right = scores.masked_fill(own[others] != own[batch][:, None], _NEVER)
        has_right = right.amax(dim=1) > _NEVER
        loss = (scores.logsumexp(dim=1) - right.logsumexp(dim=1))[has_right].mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return Projection(centre, matrix.detach().numpy())


def _shuffled(places: torch.Tensor) -> torch.Tensor:
    return places[torch.randperm(len(places))]


def _compared(phrases: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
    """(n, _NEAREST + _OWN) places of the nearest phrases, and of some of the same procedure."""
    index = faiss.IndexFlatIP(phrases.shape[1])
    index.add(phrases.numpy())
    nearest = torch.from_numpy(index.search(phrases.numpy(), min(_NEAREST + 1, len(phrases)))[1])
    order, sizes = torch.argsort(own, stable=True), torch.bincount(own)
    starts = (sizes.cumsum(0) - sizes)[own]
    drawn = (torch.rand(len(own), _OWN) * sizes[own][:, None]).long()
    return torch.cat([nearest, order[starts[:, None] + drawn]], dim=1)


def left_out(vectors: Vectors, procedures: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[Projection]]:
    """(n,) the fold of each phrase, and for each fold the projection that was trained without it."""
    folds = np.random.default_rng(0).integers(0, FOLDS, len(vectors))
    return folds, [train(vectors[folds != fold], procedures[folds != fold]) for fold in range(FOLDS)]
