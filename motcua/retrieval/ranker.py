"""The ranker: weighs the evidence and says how likely each procedure is the one that was meant, or none of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from motcua.retrieval.features import NAMES

Features = NDArray[np.float32]
Example = tuple[Features, int | None]  # the evidence for every procedure, and which is right, None for no procedure

_KEEP = 30  # candidates an example is trained with: the rest have next to no evidence
_SHRINK = 1e-3  # L2, against weights that fit the guides' own wording too well


@dataclass(frozen=True)
class Ranker:
    """A softmax over all procedures and "none of these": few enough weights to read, trained with the index."""

    weights: tuple[float, ...]
    bias: float

    def probabilities(self, features: Features) -> NDArray[np.float64]:
        """(procedures,) the chance that each is meant; what is missing to 1 is the chance that none is."""
        scores = features @ np.array(self.weights) + self.bias
        top = max(float(scores.max()), 0.0)
        shares = np.exp(scores - top)
        return np.asarray(shares / (shares.sum() + np.exp(-top)))

    def save(self, path: Path) -> None:
        """As JSON, one weight a feature."""
        facts = {"weights": dict(zip(NAMES, self.weights, strict=True)), "bias": self.bias}
        path.write_text(json.dumps(facts, indent=1), "utf-8")

    @classmethod
    def load(cls, path: Path) -> "Ranker":
        """From the JSON `save` wrote."""
        facts = json.loads(path.read_text("utf-8"))
        return cls(tuple(facts["weights"][name] for name in NAMES), facts["bias"])


def train(examples: Sequence[Example]) -> Ranker:
    """The ranker under which the right procedures are likeliest (multinomial logistic regression)."""
    evidence, right = zip(*(_candidates(*example) for example in examples), strict=True)
    stacked, targets = np.stack(evidence), np.array(right)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = stacked @ weights
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        rows = np.arange(len(targets))
        surprise = -np.log(chances[rows, targets] + 1e-12).mean() + _SHRINK * weights @ weights
        chances[rows, targets] -= 1
        return surprise, np.einsum("ec,ecf->f", chances, stacked) / len(targets) + 2 * _SHRINK * weights

    found = minimize(loss, np.zeros(stacked.shape[2]), jac=True, method="L-BFGS-B").x
    return Ranker(tuple(float(weight) for weight in found[:-1]), float(found[-1]))


def _candidates(features: Features, right: int | None) -> tuple[NDArray[np.float64], int]:
    """The best candidates with a constant for the bias, after an all-zero row for "none of these" at place 0."""
    order = np.argsort(-features.sum(axis=1))[:_KEEP]
    if right is not None and right not in order:
        order[-1] = right
    rows = np.zeros((_KEEP + 1, features.shape[1] + 1))
    rows[1 : len(order) + 1, :-1] = features[order]
    rows[1 : len(order) + 1, -1] = 1.0
    return rows, 0 if right is None else 1 + int(np.flatnonzero(order == right)[0])
