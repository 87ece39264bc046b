"""Corrections that are likely, from what the assistant itself held for possible: chosen by one key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from motcua.conversations.turns import Trace

_PROCEDURES, _INTENTS = 4, 4
_OTHERWISE = ("out_of_scope", "request_human")  # what a misunderstood turn often was


@dataclass(frozen=True)
class Suggestion:
    """What the turn may have been instead: another procedure by its code, or another intent."""

    name: Literal["procedure", "intent"]
    value: str


def suggestions(turn: Mapping[str, Any], trace: Trace) -> list[Suggestion]:
    """At most eight, likeliest first: a key of one digit each."""
    codes = _others(_candidates(trace), turn["procedure"], _PROCEDURES)
    ranked = [intent["name"] for intent in trace.get("intents", ())]
    intents = _others([*ranked, turn["runner_up"], *_OTHERWISE], turn["intent"], _INTENTS)
    return [*(Suggestion("procedure", code) for code in codes), *(Suggestion("intent", name) for name in intents)]


def _candidates(trace: Trace) -> Iterator[str]:
    for ranking in reversed(trace.get("rankings", ())):
        yield from (candidate["code"] for candidate in ranking["candidates"])


def _others(values: Any, present: str | None, most: int) -> list[str]:
    different = (value for value in dict.fromkeys(values) if value and value != present)
    return list(islice(different, most))
