from collections import Counter

import pytest

from motcua.conversations.redaction import mask
from motcua.vietnamese.chat import spell_out
from motcua.vietnamese.folding import fold, has_diacritics
from tests.content.repository import domain, examples

EXAMPLES = examples()
# said by the gateway or decided by the classifier, so nobody types them
UNTYPED = {"send_attachment", "send_nothing", "send_too_much", "nlu_fallback"}
INTENTS = [intent for intent in domain("intents") if intent not in UNTYPED]


def is_typed_in_haste(text: str) -> bool:
    """Without diacritics or in chat spelling."""
    return not has_diacritics(text) or spell_out(text) != text


def test_no_intent_is_unknown_to_the_domain() -> None:
    assert set(EXAMPLES) <= set(INTENTS)


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_has_enough_examples(intent: str) -> None:
    assert len(EXAMPLES.get(intent, [])) >= 40


@pytest.mark.parametrize("intent", INTENTS)
def test_a_third_of_the_examples_are_typed_in_haste(intent: str) -> None:
    hasty = [text for text in EXAMPLES[intent] if is_typed_in_haste(text)]
    assert len(hasty) / len(EXAMPLES[intent]) >= 1 / 3


def test_no_example_occurs_twice() -> None:
    times = Counter(fold(text) for said in EXAMPLES.values() for text in said)
    assert [text for text, count in times.items() if count > 1] == []


def test_no_example_holds_a_personal_number() -> None:
    assert [text for said in EXAMPLES.values() for text in said if mask(text).found] == []


def test_no_example_is_empty_or_in_quotes() -> None:
    assert [text for said in EXAMPLES.values() for text in said if not text.strip() or text[0] in "\"'" or "](" in text] == []
