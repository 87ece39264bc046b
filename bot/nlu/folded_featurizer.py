"""Rasa's count vectors over folded syllables, so that "lam giay khai sinh" and "làm giấy khai sinh" meet."""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from motcua.vietnamese.terms import terms


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class FoldedFeaturizer(CountVectorsFeaturizer):
    """Counts folded terms (chat spelling written out) instead of tokens; takes every key of CountVectorsFeaturizer."""

    def _get_message_tokens_by_attribute(self, message: Message, attribute: str) -> list[str]:
        if attribute != TEXT:
            return super()._get_message_tokens_by_attribute(message, attribute)
        return terms(message.get(TEXT)) or [""]  # a message of emoji only still needs its row of zeros

    def _create_features(self, attribute: str, all_tokens: list[list[str]]) -> Any:
        # Sequence features want one row a token; folded terms are no tokens, so only the sentence is featurized.
        _, sentences = super()._create_features(attribute, all_tokens)
        return [None] * len(sentences), sentences
