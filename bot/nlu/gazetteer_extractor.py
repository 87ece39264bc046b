"""Entities with a list of their own, places and relatives, by a spaCy pipeline made from knowledge_base.

The tokenizer is underthesea's syllable pattern: of 300 place names the entity ruler found all on syllables, and 93 on
underthesea's words, since a name's first syllable joins the word before it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from bot.knowledge_base import knowledge_base_of
from bot.nlu.place_forms import JOINS, LEADS_IN, TYPE_BEFORE, place_forms
from motcua.places.units import load_places
from motcua.vietnamese.folding import fold
from motcua.vietnamese.vocabulary import load_vocabulary
from motcua.vietnamese.words import syllable_spans

TOKENIZER = "motcua.syllables.v1"


class SyllableTokenizer:
    """spaCy's view of underthesea's syllables; keeps the text as it is."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A Doc whose text is the message, without its doubled spaces."""
        spans = syllable_spans(text)
        words = [text[start:end] for start, end in spans]
        spaces = [end < len(text) and text[end].isspace() for _, end in spans]
        return Doc(self._vocab, words=words, spaces=spaces)

    def to_disk(self, path: Path, **_: Any) -> None:
        """Nothing to keep: the pattern comes with underthesea."""

    def from_disk(self, path: Path, **_: Any) -> "SyllableTokenizer":
        """Nothing was kept."""
        return self


@spacy.registry.tokenizers(TOKENIZER)
def _make_tokenizer() -> Any:
    return lambda nlp: SyllableTokenizer(nlp.vocab)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class GazetteerExtractor(GraphComponent, EntityExtractorMixin):
    """Finds `place` (a commune, ward or district of today or before, with the area it lies in) and `person` (a relative:
    bố, mẹ, con …), with or without diacritics."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """knowledge_base: the folder the names come from, that of the settings if empty; version: change it when names
        change, Rasa caches by config."""
        return {"knowledge_base": "", "version": ""}

    def __init__(self, nlp: Language, storage: ModelStorage, resource: Resource, folder: Path) -> None:
        self._nlp, self._storage, self._resource, self._folder = nlp, storage, resource, folder

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "GazetteerExtractor":
        """Called by Rasa's graph before training."""
        return cls(_blank(), model_storage, resource, knowledge_base_of(config))

    def train(self, training_data: TrainingData) -> Resource:
        """Reads the names from knowledge_base and keeps the pipeline in the model archive."""
        ruler = self._nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
        ruler.add_patterns(_patterns(self._folder))
        with self._storage.write_to(self._resource) as folder:
            self._nlp.to_disk(folder / "spacy")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "GazetteerExtractor":
        """Called by Rasa's graph when a model is loaded."""
        with model_storage.read_from(resource) as folder:
            nlp = spacy.load(folder / "spacy")
        return cls(nlp, model_storage, resource, knowledge_base_of(config))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found to each message."""
        for message in messages:
            doc = self._nlp(message.get(TEXT))
            entities = message.get(ENTITIES, []) + self.add_extractor_name(list(_entities(doc.text, doc.ents)))
            message.set(ENTITIES, entities, add_to_output=True)
        return messages


def _blank() -> Language:
    return spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})


def _patterns(knowledge_base: Path) -> list[dict[str, str]]:
    relatives = load_vocabulary(knowledge_base / "vocabulary.yml").relatives
    patterns = {("place", form, "") for form in place_forms(load_places(knowledge_base / "places.yml"))}
    patterns |= {("person", form, word) for word in relatives for form in ((word, fold(word)) if " " in word else (word,))}
    return [{"label": label, "pattern": form, "id": name} for label, form, name in sorted(patterns)]


def _entities(text: str, found: Sequence[Span]) -> Iterator[dict[str, Any]]:
    """The entities; a place and the district behind it are one."""
    ends: list[tuple[str, int, int]] = []
    for span in found:
        label, start, end = span.label_, span.start_char, span.end_char
        if label == "place" and ends and ends[-1][0] == "place" and JOINS.fullmatch(text, ends[-1][2], start):
            start = ends.pop()[1]
        elif label == "place" and (kind := TYPE_BEFORE.search(text, 0, start)):
            start = kind.start()
        ends.append((label, start, end))
    for label, start, end in ends:
        value = LEADS_IN.sub("", text[start:end]) if label == "place" else text[start:end]
        yield {"entity": label, "start": start, "end": end, "value": value, "confidence": 1.0}
