"""Examples that ask for two sections, joined from those that ask for one: people ask for any two, nobody writes them all down.

They have no intent, so only the section recognizer learns from them; docs/adr/0003-intent-classifier.md.
"""

from collections import defaultdict
from collections.abc import Iterator
from random import Random
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.sections_of import JOINED, OVERVIEW, is_asking, sections_of

_EXAMPLES = 3000  # this and what follows was chosen on a development set
_LONGEST_BEGIN, _LONGEST_END = 12, 6  # words; what is asked last names no procedure again
_BETWEEN = (", ", " và ", ", ", " rồi ", "? ", " với ")
# "Có được … không, cần giấy gì" was heard as one question more often than any other two.
_WEIGHTS = {"conditions": 3}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class QuestionJoiner(GraphComponent):
    """Adds joined examples before training; leaves what citizens say as it is."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "QuestionJoiner":
        """Called by Rasa's graph."""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The examples and some joined ones; the same examples give the same."""
        return training_data.merge(TrainingData(list(_joined(training_data.intent_examples))))

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages."""
        return messages


def _joined(examples: list[Message]) -> Iterator[Message]:
    chance = Random(0)  # noqa: S311  # to be repeated, not secret
    begins, ends = defaultdict[str, list[Message]](list), defaultdict[str, list[str]](list)
    for example, section in _asking_for_one(examples):
        text = example.get(TEXT)
        if len(text.split()) <= _LONGEST_BEGIN:
            begins[section].append(example)
        if len(text.split()) <= _LONGEST_END and section != OVERVIEW:
            ends[section].append(text)
    if len(ends) < 2:
        return
    firsts, seconds = sorted(begins), sorted(ends)
    for first in chance.choices(firsts, [_WEIGHTS.get(section, 1) for section in firsts], k=_EXAMPLES):
        second = chance.choice([section for section in seconds if section != first])
        begin, between, end = chance.choice(begins[first]), chance.choice(_BETWEEN), chance.choice(ends[second])
        yield Message({TEXT: begin.get(TEXT).rstrip("?") + between + end, JOINED: [*sections_of(begin), second]})


def _asking_for_one(examples: list[Message]) -> Iterator[tuple[Message, str]]:
    for example in filter(is_asking, examples):
        asked = sections_of(example) or {OVERVIEW}
        if len(asked) == 1:
            yield example, next(iter(asked))
