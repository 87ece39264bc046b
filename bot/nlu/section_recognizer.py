"""Which sections of a guide a message asks for, each by itself: "cần giấy tờ gì và bao nhiêu tiền" asks for two.

An intent is one of many, and what a story is about pulls it away from what is asked; docs/adr/0003-intent-classifier.md.
"""

from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression

from bot.nlu.sections_of import is_asking, sections_of

SECTIONS_ASKED = "sections_asked"  # {section: chance}, in what Rasa tells the actions of a message
_FILE = "sections.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SectionRecognizer(GraphComponent):
    """A logistic regression for each section, trained on messages that ask about a procedure and on no others."""

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage, self._resource = storage, resource
        self._sections: list[str] = []
        self._weights: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self._bias: NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "SectionRecognizer":
        """Called by Rasa's graph before training."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the intents `ask_…`, the `sections` in the metadata of examples that ask for several, and joined ones."""
        messages = list(filter(is_asking, training_data.training_examples))
        asked = list(map(sections_of, messages))
        self._sections = sorted(set().union(*asked))
        if len(self._sections) > 1:
            self._fit(sparse.vstack(list(map(_features, messages))).tocsr(), asked)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / _FILE, sections=np.array(self._sections, dtype=str), weights=self._weights, bias=self._bias)
        return self._resource

    def _fit(self, rows: sparse.csr_matrix, asked: list[frozenset[str]]) -> None:
        models = [
            LogisticRegression(class_weight="balanced", max_iter=300).fit(rows, [section in own for own in asked])
            for section in self._sections
        ]
        self._weights = np.stack([model.coef_[0] for model in models], axis=1).astype(np.float32)
        self._bias = np.array([model.intercept_[0] for model in models], dtype=np.float32)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "SectionRecognizer":
        """Called by Rasa's graph when a model is loaded."""
        loaded = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / _FILE) as kept:
            loaded._sections, loaded._weights, loaded._bias = kept["sections"].tolist(), kept["weights"], kept["bias"]
        return loaded

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the chance of each section, 0 to 1; they need not sum to one."""
        for message in messages:
            if len(self._bias) and message.get(TEXT):
                row = _features(message)
                logits = row.data.astype(np.float32) @ self._weights[row.col] + self._bias
                chances = (1 / (1 + np.exp(-logits))).round(3).tolist()
                message.set(SECTIONS_ASKED, dict(zip(self._sections, chances, strict=True)), add_to_output=True)
        return messages


def _features(message: Message) -> sparse.coo_matrix:
    """The one row of what the featurizer found in the whole message."""
    return message.get_sparse_features(TEXT)[1].features.tocoo()
