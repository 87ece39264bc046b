"""Trains the ranker with PyTorch; at run time numpy is enough."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from motcua.retrieval.ranker import Features, Network, Ranker, candidates, summary

_HIDDEN, _NONE_HIDDEN = 64, 24
_EPOCHS, _BATCH, _RATE, _SHRINK = 40, 128, 6e-3, 2e-4
_CALIBRATION = 10  # every tenth example is kept for the temperature


@dataclass(frozen=True)
class Example:
    """The evidence for the procedures worth comparing, what the question tells, and which is right (None: none of them)."""

    features: Features
    of_question: Features
    right: int | None


def example(features: Features, of_question: Features, right: int | None) -> Example:
    """An example of the evidence for all procedures."""
    kept = candidates(features, right)
    asked = np.concatenate([summary(features), of_question])
    return Example(features[kept], asked, None if right is None else kept.index(right))


def train(examples: Sequence[Example]) -> Ranker:
    """The ranker under which the right procedures are likeliest. The same examples give the same ranker."""
    torch.manual_seed(0)
    data = _Tensors(examples)
    module = _Module(data)
    learned, kept = data.split()
    optimizer = torch.optim.Adam(module.parameters(), lr=_RATE, weight_decay=_SHRINK)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, _EPOCHS)
    for _ in range(_EPOCHS):
        for batch in learned[torch.randperm(len(learned))].split(_BATCH):
            loss = functional.cross_entropy(module(data, batch), data.right[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
    return Ranker(module.procedure.frozen(), module.none.frozen(), _temperature(module, data, kept))


class _Tensors:
    """All examples in one tensor, padded to the same number of candidates."""

    def __init__(self, examples: Sequence[Example]) -> None:
        size = max(len(found.features) for found in examples)
        self.features = torch.zeros(len(examples), size, examples[0].features.shape[1])
        self.is_there = torch.zeros(len(examples), size, dtype=torch.bool)
        for place, found in enumerate(examples):
            self.features[place, : len(found.features)] = torch.from_numpy(found.features)
            self.is_there[place, : len(found.features)] = True
        self.of_question = torch.from_numpy(np.stack([found.of_question for found in examples]))
        self.right = torch.tensor([0 if found.right is None else found.right + 1 for found in examples])  # 0: none of them

    def split(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Places to learn from, and places kept for the temperature."""
        places = torch.arange(len(self.right))
        return places[places % _CALIBRATION != 0], places[places % _CALIBRATION == 0]


class _Scores(nn.Module):
    def __init__(self, inputs: torch.Tensor, hidden: int) -> None:
        super().__init__()
        self._mean, self._spread = inputs.mean(dim=0), inputs.std(dim=0) + 1e-4
        self._hidden, self._out = nn.Linear(inputs.shape[1], hidden), nn.Linear(hidden, 1)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        inside = torch.tanh(self._hidden((inputs - self._mean) / self._spread))
        return self._out(inside)[..., 0]

    def frozen(self) -> Network:
        """The numbers, for numpy."""
        mean, spread, bias = self._mean.tolist(), self._spread.tolist(), self._hidden.bias.tolist()
        rows = tuple(map(tuple, self._hidden.weight.tolist()))
        return Network(
            tuple(mean), tuple(spread), rows, tuple(bias), tuple(self._out.weight[0].tolist()), self._out.bias.item()
        )


class _Module(nn.Module):
    def __init__(self, data: _Tensors) -> None:
        super().__init__()
        self.procedure = _Scores(data.features[data.is_there], _HIDDEN)
        self.none = _Scores(data.of_question, _NONE_HIDDEN)

    def forward(self, data: _Tensors, places: torch.Tensor) -> torch.Tensor:
        """(n, 1 + candidates) scores, "none of these" first."""
        each = self.procedure(data.features[places]).masked_fill(~data.is_there[places], -1e9)
        return torch.cat([self.none(data.of_question[places])[:, None], each], dim=1)


def _temperature(module: _Module, data: _Tensors, kept: torch.Tensor) -> float:
    """The temperature under which the examples kept aside surprise least."""
    with torch.no_grad():
        scores = module(data, kept)
        tried: NDArray[np.float64] = np.arange(0.6, 2.01, 0.05)
        losses = [float(functional.cross_entropy(scores / temperature, data.right[kept])) for temperature in tried]
    return float(tried[int(np.argmin(losses))])
