"""Sparse features of how a message reads: folded syllables, and the words underthesea finds once diacritics are restored.

Both are the same with and without diacritics, and after common slips of typing; docs/adr/0003-intent-classifier.md.
"""

from collections.abc import Callable, Sequence
from typing import Any

import scipy.sparse as sparse
import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.knowledge_base import knowledge_base_of
from motcua.procedures.linter import all_texts
from motcua.procedures.loader import load_guides
from motcua.vietnamese.lexicon import dictionary_words
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.regional import load_regional
from motcua.vietnamese.terms import terms
from motcua.vietnamese.words import word_spans

# Rasa's LogisticRegressionClassifier has no setting for its regularisation; features twice as large make it
# four times weaker.
_SCALE = 2.2
_EDGE, _UNIT = "|", r"\S+"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class ReadingFeaturizer(SparseFeaturizer, GraphComponent):
    """TF-IDF of single units and pairs, for the whole message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """knowledge_base: whose guides teach which syllables follow one another, that of the settings if empty; version: for
        Rasa's cache."""
        return {**SparseFeaturizer.get_default_config(), "knowledge_base": "", "version": ""}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, name: str) -> None:
        super().__init__(name, config)
        self._storage, self._resource = storage, resource
        self._reader: Reader | None = None
        self._vectorizers: list[TfidfVectorizer] = []

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "ReadingFeaturizer":
        """Called by Rasa's graph before training."""
        return cls(config, model_storage, resource, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises FileNotFoundError where there is no knowledge base."""
        knowledge_base_of(config).resolve(strict=True)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns readings from the guides and the vocabulary from the examples; keeps both in the model archive."""
        knowledge = knowledge_base_of(self._config)
        own = (text for guide in load_guides(knowledge / "procedures").values() for text in all_texts(guide))
        self._reader = Reader.train(load_regional(knowledge / "regional.yml"), own, words=dictionary_words())
        texts = [example.get(TEXT) for example in training_data.training_examples if example.get(TEXT)]
        for units in (terms, self._words):
            vectorizer = TfidfVectorizer(token_pattern=_UNIT, lowercase=False, ngram_range=(1, 2), sublinear_tf=True)
            self._vectorizers.append(vectorizer.fit(_joined(texts, units)))
        with self._storage.write_to(self._resource) as folder:
            self._reader.save(folder / "reader")
            skops.io.dump(self._vectorizers, folder / "vectorizers.skops")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "ReadingFeaturizer":
        """Called by Rasa's graph when a model is loaded."""
        loaded = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            loaded._reader = Reader.load(folder / "reader", load_regional(knowledge_base_of(config) / "regional.yml"))
            loaded._vectorizers = skops.io.load(folder / "vectorizers.skops", trusted=["scipy.sparse._csr.csr_matrix"])
        return loaded

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurizes all examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds one row of features to each message."""
        for message in messages:
            if text := message.get(TEXT):
                self.add_features_to_message(None, self._features(text), TEXT, message)
        return messages

    def _features(self, text: str) -> sparse.coo_matrix:
        assert self._reader is not None
        mended = self._reader.mend(text)
        folded, words = self._vectorizers
        rows = [folded.transform(_joined([mended], terms)), words.transform(_joined([mended], self._words))]
        return (sparse.hstack(rows) * _SCALE).tocoo()

    def _words(self, text: str) -> list[str]:
        assert self._reader is not None
        restored = self._reader.restore(text)
        return ["_".join(restored[start:end].split()) for start, end in word_spans(restored)]


def _joined(texts: Sequence[str], units: Callable[[str], list[str]]) -> list[str]:
    return [" ".join([_EDGE, *units(text), _EDGE]) for text in texts]
