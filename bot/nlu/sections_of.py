"""Which sections a training example asks for, and which intent asks for a section."""

from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message

JOINED = "sections_joined"  # in a message that has no intent
_ASKING, _WHOLE, _OTHER = "ask_", "ask_procedure", ("ask_checklist", "ask_help")


def intent_of(section: str) -> str:
    """The intent of a question that asks for nothing else."""
    return _WHOLE if section == "overview" else f"{_ASKING}{section}"


def is_asking(example: Message) -> bool:
    """Whether it asks about a procedure."""
    intent = str(example.get(INTENT))
    asks = bool(example.get(JOINED)) or (intent.startswith(_ASKING) and intent not in _OTHER)
    return asks and bool(example.get(TEXT))  # rules give examples that are an intent alone


def sections_of(example: Message) -> frozenset[str]:
    """What it asks for; nothing where that is the guide as a whole."""
    told = ((example.get(METADATA) or {}).get(METADATA_EXAMPLE) or {}).get("sections")
    intent = str(example.get(INTENT))
    by_intent = [] if intent == _WHOLE else [intent.removeprefix(_ASKING)]
    return frozenset(example.get(JOINED) or told or by_intent)
