"""A turn: one message of a citizen, what it was understood as, and what it was answered by."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

Feedback = Literal["helpful", "unhelpful"]
REPLAYED = "replay-"  # begins the name of a conversation that staff only try something in: it is not kept


class Trace(TypedDict, total=False):
    """How a turn came to its answer, for whoever wants to know why; all of it optional."""

    heard: str  # the canonical text that was understood, or the signal in its place
    replies: Sequence[str]
    sections: Sequence[str]
    procedures: Sequence[str]  # best first
    intents: Sequence[Mapping[str, Any]]  # name, confidence; the likeliest first
    entities: Sequence[Mapping[str, Any]]  # entity, value
    rankings: Sequence[Mapping[str, Any]]  # of each search: ms, none (chance), candidates with chance, passage, features
    actions: Sequence[str]
    ms: Mapping[str, float]  # of each step: nlu, retrieval, action, dialogue


@dataclasses.dataclass(frozen=True)
class Turn:
    """What one who writes knows of a turn. None is "not known to me": it leaves alone what another one wrote.

    The gateway knows what was said and answered, the bot how it was understood; both name the same conversation and message.
    """

    conversation: str
    message: str
    at: int  # ms since 1970, when the message came
    channel: str | None = None
    place: str | None = None
    said: str | None = None
    status: str | None = None
    intent: str | None = None
    runner_up: str | None = None
    confidence: float | None = None
    procedure: str | None = None
    section: str | None = None
    field: str | None = None
    ms: int | None = None
    model: str | None = None
    index_digest: str | None = None
    helpful: bool | None = None
    feedback_reason: str | None = None
    handed_over: bool | None = None
    trace: Trace = dataclasses.field(default_factory=lambda: Trace())
