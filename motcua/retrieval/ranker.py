"""The ranker: weighs the evidence and says how likely each procedure is the one that was meant, or none of them.

Two small networks score alike every procedure, and "none of these"; a softmax over all of them gives the chances. A
procedure whose official name is all we know needs other weights than one with thirty questions: a linear ranker put 25 % of
such questions first, a hidden layer 38 %, and as many of a guide's.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motcua.retrieval.features import ASKED_NAMES, NAMES

Features = NDArray[np.float32]

_TELLING = [
    NAMES.index(name) for name in ("phrase", "coverage", "name_coverage", "spelled", "pairs", "dense", "name_dense", "margin")
]
_EACH = 6  # procedures


@dataclass(frozen=True)
class Network:
    """One hidden layer: (…, inputs) → (…) scores."""

    mean: tuple[float, ...]
    spread: tuple[float, ...]
    hidden: tuple[tuple[float, ...], ...]
    hidden_bias: tuple[float, ...]
    out: tuple[float, ...]
    bias: float

    def __post_init__(self) -> None:
        arrays = {
            name: np.array(getattr(self, name), dtype=np.float32) for name in ("mean", "spread", "hidden", "hidden_bias", "out")
        }
        object.__setattr__(self, "_arrays", arrays)

    def scores(self, inputs: Features) -> Features:
        """One score a row."""
        own: dict[str, Features] = self._arrays  # type: ignore[attr-defined]
        inside = np.tanh((inputs - own["mean"]) / own["spread"] @ own["hidden"].T + own["hidden_bias"])
        return np.asarray(inside @ own["out"] + self.bias, dtype=np.float32)


def summary(features: Features) -> Features:
    """(2 * features,) the best and the second best of each feature: what "none of these" is judged by."""
    if len(features) == 1:
        return np.concatenate([features[0], features[0]])
    best = np.partition(features, len(features) - 2, axis=0)[-2:]
    return np.concatenate([best[1], best[0]])


@dataclass(frozen=True)
class Ranker:
    """The two networks, and the temperature that makes chances true (Guo et al. 2017)."""

    procedure: Network
    none: Network
    temperature: float = 1.0

    def probabilities(self, features: Features, of_question: Features) -> NDArray[np.float64]:
        """(procedures,) the chance that each is meant; what is missing to 1 is the chance that none is.

        Only those worth comparing have one, as in training: thousands of hopeless ones together would weigh.
        """
        kept = candidates(features)
        scores = self.procedure.scores(features[kept]).astype(np.float64) / self.temperature
        nothing = float(self.none.scores(np.concatenate([summary(features), of_question])[None])[0]) / self.temperature
        shares = np.exp(scores - max(float(scores.max()), nothing))
        chances = np.zeros(len(features))
        chances[kept] = shares / (shares.sum() + np.exp(nothing - max(float(scores.max()), nothing)))
        return chances

    def save(self, path: Path) -> None:
        """As JSON, with the names of its inputs."""
        facts = {"features": [*NAMES], "asked": [*ASKED_NAMES], **asdict(self)}
        path.write_text(json.dumps(facts), "utf-8")

    @classmethod
    def load(cls, path: Path) -> "Ranker":
        """From the JSON `save` wrote. Raises RuntimeError where it weighs other evidence than is computed today."""
        facts: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if (facts["features"], facts["asked"]) != ([*NAMES], [*ASKED_NAMES]):
            raise RuntimeError(f"Ranker {path} weighs other evidence than is computed now. Train it again: make ranker")
        return cls(_network(facts["procedure"]), _network(facts["none"]), facts["temperature"])


def _network(facts: dict[str, Any]) -> Network:
    hidden = tuple(tuple(row) for row in facts["hidden"])
    mean, spread, hidden_bias, out = (tuple(facts[name]) for name in ("mean", "spread", "hidden_bias", "out"))
    return Network(mean, spread, hidden, hidden_bias, out, facts["bias"])


def candidates(features: Features, right: int | None = None) -> list[int]:
    """The procedures worth comparing: those best by some feature, and the right one."""
    strong = np.argpartition(-features[:, _TELLING], min(_EACH, len(features) - 1), axis=0)[:_EACH]
    return sorted({*strong.ravel().tolist(), *([] if right is None else [right])})
