"""A conversation as it is shown: each turn with how it came about and what people wrote about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from console.conversations.suggestions import Suggestion, suggestions
from motcua.conversations.finding import turns_of
from motcua.conversations.proposals import Proposal, find_proposals
from motcua.conversations.reading import Opinions, opinions_of, traces_of
from motcua.conversations.turns import Trace


@dataclass(frozen=True)
class ShownTurn:
    """A row of TURNS and all that hangs on it."""

    row: Any
    trace: Trace
    opinions: Opinions
    proposals: Sequence[Proposal]
    suggestions: Sequence[Suggestion]

    @property
    def is_from_citizen(self) -> bool:
        """Whether somebody asked: what staff wrote, and what we told by ourselves, cannot be right or wrong."""
        return bool(self.row["said"] or self.row["status"])


def read_turns(connection: Connection, conversation: str) -> list[ShownTurn]:
    """The turns of a conversation from its beginning."""
    rows = turns_of(connection, conversation)
    traces = traces_of(connection, [row["id"] for row in rows])
    return [_shown(connection, row, traces.get(row["id"], Trace())) for row in rows]


def _shown(connection: Connection, row: Any, trace: Trace) -> ShownTurn:
    return ShownTurn(
        row,
        trace,
        opinions_of(connection, row["id"]),
        find_proposals(connection, turn=row["id"]),
        suggestions(row, trace),
    )
