"""Deleting turns and all that hangs on them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.engine import Connection

from motcua.conversations.counting import refresh_figures
from motcua.conversations.moments import now_ms
from motcua.conversations.schema import CONVERSATIONS, ERASURES, SEARCH, TURNS


def erase(connection: Connection, conversation: str) -> None:
    """Deletes a conversation, and notes when, so that a turn of before that still comes in is not kept."""
    refresh_figures(connection)  # while its turns can still be counted
    delete_conversations(connection, [conversation])
    connection.execute(ERASURES.delete().where(ERASURES.c.conversation == conversation))
    connection.execute(ERASURES.insert().values(conversation=conversation, at=now_ms()))


def delete_conversations(connection: Connection, conversations: Sequence[str]) -> None:
    """Deletes conversations with their turns, traces, reviews, tags, notes, flags and assignments."""
    turns = select(TURNS.c.id).where(TURNS.c.conversation.in_(conversations))
    connection.execute(SEARCH.delete().where(SEARCH.c.id.in_(turns.scalar_subquery())))
    connection.execute(CONVERSATIONS.delete().where(CONVERSATIONS.c.id.in_(conversations)))  # the rest follows by foreign key
