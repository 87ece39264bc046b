"""Rasa tokenizer on underthesea: words of two syllables stay together, offsets are those of the message."""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from motcua.vietnamese.words import word_spans


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Splits a message into Vietnamese words; every token is a slice of the message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's own keys: intents are never split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any) -> "VietnameseTokenizer":
        """Called by Rasa's graph."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of one attribute of the message."""
        text = message.get(attribute)
        return [Token(text[start:end], start, end) for start, end in word_spans(text)]
