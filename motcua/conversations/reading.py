"""What is shown beside turns: their traces, and what people wrote about them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from motcua.conversations.reviewing import Review, flags_of, notes_of, reviews_of, tags_of
from motcua.conversations.schema import ASSIGNMENTS, CONVERSATIONS, READS, TAGS, TRACES, TURNS
from motcua.conversations.turns import Trace


@dataclass(frozen=True)
class Opinions:
    """What people wrote about one turn; flags and notes are rows of FLAGS and NOTES."""

    reviews: Sequence[Review]
    flags: Sequence[Any]
    tags: Sequence[str]
    notes: Sequence[Any]


def find_turn(connection: Connection, turn: int) -> Any | None:
    """The row of a turn; None if it is not there (any more)."""
    return connection.execute(select(TURNS).where(TURNS.c.id == turn)).mappings().first()


def find_conversation(connection: Connection, conversation: str) -> Any | None:
    """The row of a conversation; None if it is not there (any more)."""
    return connection.execute(select(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation)).mappings().first()


def traces_of(connection: Connection, turns: Sequence[int]) -> dict[int, Trace]:
    """The traces of these turns, by turn; those without one are left out."""
    rows = connection.execute(select(TRACES).where(TRACES.c.turn.in_(turns)))
    return {row.turn: json.loads(row.trace) for row in rows}


def opinions_of(connection: Connection, turn: int) -> Opinions:
    """What people wrote about a turn."""
    return Opinions(
        reviews_of(connection, turn), flags_of(connection, turn), tags_of(connection, turn), notes_of(connection, turn)
    )


def read_by(connection: Connection, turns: Sequence[int], reviewer: str) -> set[int]:
    """Which of these turns the reviewer has read."""
    query = select(READS.c.turn).where(READS.c.reviewer == reviewer, READS.c.turn.in_(turns))
    return set(connection.execute(query).scalars())


def assigned_to(connection: Connection, conversation: str) -> list[str]:
    """Who was asked to look at a conversation."""
    query = select(ASSIGNMENTS.c.reviewer).where(ASSIGNMENTS.c.conversation == conversation)
    return list(connection.execute(query.order_by(ASSIGNMENTS.c.reviewer)).scalars())


def tags_in_use(connection: Connection) -> list[str]:
    """Every tag that some turn has."""
    return list(connection.execute(select(TAGS.c.tag).distinct().order_by(TAGS.c.tag)).scalars())


def tags_by_turn(connection: Connection, turns: Sequence[int]) -> dict[int, list[str]]:
    """The tags of those of these turns that have some."""
    found: dict[int, list[str]] = {}
    for row in connection.execute(select(TAGS).where(TAGS.c.turn.in_(turns)).order_by(TAGS.c.tag)):
        found.setdefault(row.turn, []).append(row.tag)
    return found
