"""Sparse features of how a message reads: folded syllables, and the words underthesea finds once diacritics are restored.

Both are the same with and without diacritics, and after common slips of typing; docs/adr/0003-intent-classifier.md.
"""

from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge_base import knowledge_base_of
from motcua.procedures.linter import all_texts
from motcua.procedures.loader import load_guides
from motcua.vietnamese.lexicon import dictionary_words
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.regional import load_regional
from motcua.vietnamese.terms import terms, with_pairs
from motcua.vietnamese.tfidf import Tfidf
from motcua.vietnamese.words import word_spans

# Rasa's LogisticRegressionClassifier has no setting for its regularisation; features twice as large make it
# four times weaker.
_SCALE = 2.2
Part = tuple[NDArray[np.int64], NDArray[np.float32], int]  # places, weights, and how many places there are
READ = "read"  # the folded syllables of the mended message
_EDGE = "|"
_FILES = ("folded.npz", "words.npz")


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
        self._known: list[Tfidf] = []  # folded, and as words

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
        self._known = [Tfidf.fit([_units(split(text)) for text in texts]) for split in (terms, self._words)]
        with self._storage.write_to(self._resource) as folder:
            self._reader.save(folder / "reader")
            for name, known in zip(_FILES, self._known, strict=True):
                known.save(folder / name)
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
            loaded._known = [Tfidf.load(folder / name) for name in _FILES]
        return loaded

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurizes all examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds one row of features to each message, and its words as they read."""
        assert self._reader is not None
        for message in messages:
            if text := message.get(TEXT):
                mended = self._reader.mend(text)
                read = terms(mended)
                message.set(READ, read)
                self.add_features_to_message(None, self._features(mended, read), TEXT, message)
        return messages

    def _features(self, mended: str, read: list[str]) -> sparse.coo_matrix:
        folded, words = self._known
        return row_of(weighed(folded, _units(read)), weighed(words, _units(self._words(mended))))

    def _words(self, text: str) -> list[str]:
        assert self._reader is not None
        restored = self._reader.restore(text)
        return ["_".join(restored[start:end].split()) for start, end in word_spans(restored)]


def _units(words: list[str]) -> list[str]:
    return with_pairs([_EDGE, *words, _EDGE])


def weighed(known: Tfidf, units: list[str]) -> Part:
    """The known units of a bag, as a part of a row."""
    places, weights = known(units)
    return places, weights * np.float32(_SCALE), len(known.idf)


def row_of(*parts: Part) -> sparse.coo_matrix:
    """One row of features, part after part."""
    *begins, size = np.cumsum([0, *(length for _, _, length in parts)])
    columns = np.concatenate([places + begin for (places, _, _), begin in zip(parts, begins, strict=True)])
    data = np.concatenate([weights for _, weights, _ in parts])
    return sparse.coo_matrix((data, (np.zeros_like(columns), columns)), shape=(1, size))
