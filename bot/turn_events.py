"""Rasa's events of one turn → what the conversation store keeps of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.conversations.turns import Trace, Turn

Event = dict[str, Any]
INTENTS = 3  # of the ranking; what is further down never decides
_OF_EVERY_TURN = ("action_listen", "action_extract_slots", "action_session_start")


def is_message(event: Event) -> bool:
    """Whether a turn begins here."""
    return event["event"] == "user"


def is_end(event: Event) -> bool:
    """Whether Rasa now waits for the next message."""
    return event["event"] == "action" and event["name"] == "action_listen"


def turn_of(conversation: str, events: Sequence[Event]) -> Turn:
    """The turn that begins with the first of these events, a message."""
    message, told = events[0], [event for event in events if event["event"] == "bot"]
    metadata, parsed = message.get("metadata") or {}, message.get("parse_data") or {}
    replies = [{"text": event["text"], **(event.get("metadata") or {})} for event in told]
    answer = next((reply for reply in replies if reply.get("status")), {})
    traced: Mapping[str, Any] = answer.get("trace") or {}
    ranking, intent = parsed.get("intent_ranking") or [], parsed.get("intent") or {}
    procedures, sections = answer.get("procedures") or [], answer.get("sections") or []
    trace: Trace = {
        "heard": message["text"],
        "replies": [reply["text"] or "" for reply in replies],
        "procedures": procedures,
        "sections": sections,
        "intents": [_named(found) for found in ranking[:INTENTS]],
        "entities": [_entity(found) for found in parsed.get("entities") or []],
        "rankings": traced.get("rankings") or [],
        "actions": [name for event in events if event["event"] == "action" and (name := event["name"]) not in _OF_EVERY_TURN],
        "ms": _steps(metadata.get("ms") or {}, traced),
    }
    return Turn(
        conversation=conversation,
        message=message["message_id"],
        at=metadata.get("at") or int(message["timestamp"] * 1000),
        channel=metadata.get("channel"),
        place=_slot(events, "place"),
        status=answer.get("status"),
        intent=intent.get("name"),
        runner_up=ranking[1]["name"] if len(ranking) > 1 else None,
        confidence=intent.get("confidence"),
        procedure=next(iter(procedures), None),
        section=next(iter(sections), None),
        field=traced.get("field"),
        model=metadata.get("model_id"),
        index_digest=traced.get("index") or None,
        handed_over=answer.get("status") == "handed_over",
        trace=trace,
    )


def _steps(measured: Mapping[str, float], traced: Mapping[str, Any]) -> dict[str, float]:
    steps = dict(measured)
    if "ms" in traced:
        steps |= {"action": traced["ms"], "retrieval": round(sum(ranking["ms"] for ranking in traced["rankings"]), 1)}
    return steps


def _named(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": found["name"], "confidence": round(found["confidence"], 4)}


def _entity(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"entity": found["entity"], "value": found["value"]}


def _slot(events: Sequence[Event], name: str) -> str | None:
    values = [event["value"] for event in events if event["event"] == "slot" and event["name"] == name]
    return values[-1] if values else None
