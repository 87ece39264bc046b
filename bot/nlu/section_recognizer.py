"""Which sections of a guide a message asks for, each by itself: "cần giấy tờ gì và bao nhiêu tiền" asks for two.

An intent is one of many, and what a story is about pulls it away from what is asked; so does it here, and what stands around
question words and at the end is counted once more by itself; docs/adr/0003-intent-classifier.md.
"""

from itertools import chain
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

from bot.nlu.reading_featurizer import READ, row_of, weighed
from bot.nlu.sections_of import is_asking, sections_of
from motcua.vietnamese.terms import with_pairs
from motcua.vietnamese.tfidf import Tfidf

SECTIONS_ASKED = "sections_asked"  # {section: chance}, in what Rasa tells the actions of a message
_FILE, _BAGS = "sections.npz", ("asked.npz", "end.npz")
_FREEDOM = 2.0  # of 0.5 to 4 the best on a development set
_QUESTION_WORDS = frozenset(["gi", "nao", "nhieu", "may", "dau", "khong", "sao", "ai", "lau", "gio"])
_BEFORE, _AFTER, _LAST = 6, 2, 8  # words around one of these, and at the end: of 3 to 8, 1 to 3 and 6 to 12 the best


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SectionRecognizer(GraphComponent):
    """A logistic regression for each section, trained on messages that ask about a procedure and on no others."""

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage, self._resource = storage, resource
        self._sections: list[str] = []
        self._bags: list[Tfidf] = []
        self._weights: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self._bias: NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "SectionRecognizer":
        """Called by Rasa's graph before training."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the intents `ask_…` and the `sections` in the metadata of examples that ask for several."""
        messages = list(filter(is_asking, training_data.training_examples))
        asked = list(map(sections_of, messages))
        self._sections = sorted(set().union(*asked))
        self._bags = [Tfidf.fit(bags) for bags in zip(*(_asking(message.get(READ)) for message in messages), strict=True)]
        if len(self._sections) > 1:
            self._fit(sparse.vstack(list(map(self._features, messages))).tocsr(), asked)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / _FILE, sections=np.array(self._sections, dtype=str), weights=self._weights, bias=self._bias)
            for name, bag in zip(_BAGS, self._bags, strict=False):
                bag.save(folder / name)
        return self._resource

    def _fit(self, rows: sparse.csr_matrix, asked: list[frozenset[str]]) -> None:
        models = [
            LogisticRegression(C=_FREEDOM, class_weight="balanced", max_iter=300).fit(rows, [section in own for own in asked])
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
            loaded._bags = [Tfidf.load(folder / name) for name in _BAGS if len(loaded._bias)]
        return loaded

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the chance of each section, 0 to 1; they need not sum to one."""
        for message in messages:
            if len(self._bias) and message.get(TEXT):
                row = self._features(message)
                logits = row.data.astype(np.float32) @ self._weights[row.col] + self._bias
                chances = (1 / (1 + np.exp(-logits))).round(3).tolist()
                message.set(SECTIONS_ASKED, dict(zip(self._sections, chances, strict=True)), add_to_output=True)
        return messages

    def _features(self, message: Message) -> sparse.coo_matrix:
        """One row: what the featurizer found in the whole message, then the bags of what is asked."""
        whole = next(part.features for part in message.features if part.attribute == TEXT)  # Rasa would give a copy
        asking = zip(self._bags, _asking(message.get(READ)), strict=True)
        return row_of((whole.col, whole.data, whole.shape[1]), *(weighed(known, units) for known, units in asking))


def _asking(words: list[str]) -> tuple[list[str], list[str]]:
    """The units around question words, each once, and those at the end."""
    asking = (place for place, word in enumerate(words) if word in _QUESTION_WORDS)
    windows = (words[max(0, place - _BEFORE) : place + _AFTER + 1] for place in asking)
    return sorted(set(chain.from_iterable(map(with_pairs, windows)))), with_pairs(words[-_LAST:])
