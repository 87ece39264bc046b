"""Which sections a training example asks for."""

import re

from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message

from motcua.procedures.guide import intent_of
from motcua.vietnamese.folding import fold

_HOW = re.compile(r"\b(?:the nao|ntn|(?:lam|ra) sao|lam gi|cach nao|kieu gi)\b")  # folded
_ASKING, _WHOLE, _OTHER = "ask_", intent_of("overview"), ("ask_checklist", "ask_help")


def is_asking(example: Message) -> bool:
    """Whether it asks about a procedure."""
    intent = str(example.get(INTENT))
    has_text = bool(example.get(TEXT))  # rules give examples that are an intent alone
    return has_text and intent.startswith(_ASKING) and intent not in _OTHER


def sections_of(example: Message) -> frozenset[str]:
    """What it asks for; nothing where it only names a procedure or tells a situation, which the guide as a whole answers."""
    told = ((example.get(METADATA) or {}).get(METADATA_EXAMPLE) or {}).get("sections")
    intent = str(example.get(INTENT))
    whole = ["overview"] if _HOW.search(fold(example.get(TEXT))) else []
    by_intent = whole if intent == _WHOLE else [intent.removeprefix(_ASKING)]
    return frozenset(told or by_intent)
