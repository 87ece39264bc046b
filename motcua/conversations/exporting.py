"""Turns and conversations as rows, for files: a few at a time, however many there are. All of it is redacted."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from motcua.conversations.filters import Filters
from motcua.conversations.finding import Page, find_conversations, find_turns
from motcua.conversations.moments import at_of, local_time
from motcua.conversations.schema import CONVERSATIONS
from motcua.conversations.store import ConversationStore

Row = Sequence[Any]

_AT_ONCE = 500
TURN_COLUMNS = (
    "at", "conversation", "number", "channel", "place", "said", "status", "intent", "runner_up", "confidence", "procedure",
    "section", "field", "ms", "model", "helpful", "feedback_reason", "handed_over", "state",
)  # fmt: skip
CONVERSATION_COLUMNS = ("conversation", "channel", "place", "began_at", "last_at", "turns")


def export_turns(store: ConversationStore, filters: Filters) -> Iterator[Row]:
    """The turns that match, newest first, as TURN_COLUMNS."""
    return _exported(store, filters, find_turns, _turn_rows)


def export_conversations(store: ConversationStore, filters: Filters) -> Iterator[Row]:
    """The conversations with a turn that matches, by the newest of these, as CONVERSATION_COLUMNS."""
    return _exported(store, filters, find_conversations, _conversation_rows)


def _exported(
    store: ConversationStore,
    filters: Filters,
    find: Callable[..., Page],
    told: Callable[[Connection, Sequence[Any]], list[Row]],
) -> Iterator[Row]:
    before: int | None = None
    while True:
        with store.reading() as connection:  # for one page: whoever reads slowly keeps no connection
            page = find(connection, filters, before=before, limit=_AT_ONCE)
            rows = told(connection, page.turns)
        yield from rows
        if page.next is None:
            return
        before = page.next


def _turn_rows(_: Connection, turns: Sequence[Any]) -> list[Row]:
    return [[local_time(at_of(turn["id"])), *(turn[name] for name in TURN_COLUMNS[1:])] for turn in turns]


def _conversation_rows(connection: Connection, turns: Sequence[Any]) -> list[Row]:
    ids = [turn["conversation"] for turn in turns]
    by_id = {row["id"]: row for row in connection.execute(select(CONVERSATIONS).where(CONVERSATIONS.c.id.in_(ids))).mappings()}
    rows = [by_id[conversation] for conversation in ids if conversation in by_id]
    return [
        [row["id"], row["channel"], row["place"], local_time(row["began_at"]), local_time(row["last_at"]), row["turns"]]
        for row in rows
    ]
