"""What reviewers do with a turn: judge and correct it, flag it, tag it, write a note, mark it as read.

Each function takes a transaction that writes, and keeps the turn's state and terms true.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.engine import Connection

from motcua.conversations.indexing import index_turns
from motcua.conversations.moments import now_ms
from motcua.conversations.redaction import redact
from motcua.conversations.schema import ASSIGNMENTS, FLAGS, NOTES, READS, REVIEWS, TAGS, TURNS

# flagged: somebody must act. disputed: two reviewers see it differently. resolved: a flag or a dispute was settled.
State = Literal["unreviewed", "reviewed", "disputed", "flagged", "resolved"]


@dataclass(frozen=True)
class Review:
    """One reviewer's judgement: right, or what would have been; what is None stays as the assistant had it."""

    reviewer: str
    is_right: bool
    intent: str | None = None
    procedure: str | None = None
    section: str | None = None
    entities: Sequence[Mapping[str, Any]] | None = None


def review(connection: Connection, turn: int, given: Review) -> None:
    """Keeps a reviewer's judgement in place of an earlier one of theirs, and takes the turn as read by them."""
    theirs = (REVIEWS.c.turn == turn, REVIEWS.c.reviewer == given.reviewer)
    connection.execute(REVIEWS.delete().where(*theirs))
    entities = None if given.entities is None else json.dumps(list(given.entities), ensure_ascii=False)
    connection.execute(
        REVIEWS.insert().values(
            turn=turn,
            reviewer=given.reviewer,
            is_right=given.is_right,
            intent=given.intent,
            procedure=given.procedure,
            section=given.section,
            entities=entities and redact(entities).text,
            at=now_ms(),
        )
    )
    mark_read(connection, [turn], given.reviewer)
    _settle(connection, turn)


def reviews_of(connection: Connection, turn: int) -> list[Review]:
    """The judgements of a turn, oldest first."""
    query = select(REVIEWS).where(REVIEWS.c.turn == turn).order_by(REVIEWS.c.at, REVIEWS.c.reviewer)
    return [_review(row) for row in connection.execute(query).mappings()]


def flag(connection: Connection, turn: int, *, reason: str, by: str) -> int:
    """Says that somebody must act on this turn, and why; the flag's id."""
    values = {"turn": turn, "reason": redact(reason).text[:200], "by": by, "at": now_ms()}
    (flag_id,) = connection.execute(FLAGS.insert().values(values)).inserted_primary_key
    _settle(connection, turn)
    return int(flag_id)


def resolve(connection: Connection, turn: int, *, by: str) -> None:
    """Settles a turn: its flags are dealt with, and a dispute about it is over."""
    still = (FLAGS.c.turn == turn, FLAGS.c.resolved_at.is_(None))
    connection.execute(FLAGS.update().where(*still).values(resolved_by=by, resolved_at=now_ms()))
    _become(connection, turn, "resolved")


def flags_of(connection: Connection, turn: int) -> list[Any]:
    """The flags of a turn, oldest first; resolved ones too."""
    return list(connection.execute(select(FLAGS).where(FLAGS.c.turn == turn).order_by(FLAGS.c.id)).mappings())


def tag(connection: Connection, turn: int, name: str) -> None:
    """Puts a tag on a turn; twice is once."""
    untag(connection, turn, name)
    connection.execute(TAGS.insert().values(turn=turn, tag=name))
    index_turns(connection, [turn])


def untag(connection: Connection, turn: int, name: str) -> None:
    """Takes a tag off."""
    connection.execute(TAGS.delete().where(TAGS.c.turn == turn, TAGS.c.tag == name))
    index_turns(connection, [turn])


def tags_of(connection: Connection, turn: int) -> list[str]:
    """The tags of a turn, in order."""
    return list(connection.execute(select(TAGS.c.tag).where(TAGS.c.turn == turn).order_by(TAGS.c.tag)).scalars())


def note(connection: Connection, turn: int, *, text: str, by: str) -> None:
    """Adds a note, redacted."""
    connection.execute(NOTES.insert().values(turn=turn, text=redact(text).text, by=by, at=now_ms()))


def notes_of(connection: Connection, turn: int) -> list[Any]:
    """The notes of a turn, oldest first."""
    return list(connection.execute(select(NOTES).where(NOTES.c.turn == turn).order_by(NOTES.c.id)).mappings())


def assign(connection: Connection, conversation: str, reviewer: str, *, by: str) -> None:
    """Asks a reviewer to look at a conversation; several may be asked."""
    unassign(connection, conversation, reviewer)
    connection.execute(ASSIGNMENTS.insert().values(conversation=conversation, reviewer=reviewer, by=by, at=now_ms()))
    index_turns(connection, _turns_of(connection, conversation))


def unassign(connection: Connection, conversation: str, reviewer: str) -> None:
    """Takes the request back."""
    where = (ASSIGNMENTS.c.conversation == conversation, ASSIGNMENTS.c.reviewer == reviewer)
    if connection.execute(ASSIGNMENTS.delete().where(*where)).rowcount:
        index_turns(connection, _turns_of(connection, conversation))


def mark_read(connection: Connection, turns: Sequence[int], reviewer: str) -> None:
    """These turns are no longer unread for this reviewer."""
    known = select(READS.c.turn).where(READS.c.reviewer == reviewer, READS.c.turn.in_(turns))
    fresh = sorted(set(turns) - set(connection.execute(known).scalars()))
    if fresh:
        connection.execute(READS.insert(), [{"turn": turn, "reviewer": reviewer} for turn in fresh])
        index_turns(connection, fresh)


def _turns_of(connection: Connection, conversation: str) -> list[int]:
    return list(connection.execute(select(TURNS.c.id).where(TURNS.c.conversation == conversation)).scalars())


def _settle(connection: Connection, turn: int) -> None:
    is_flagged = any(row["resolved_at"] is None for row in flags_of(connection, turn))
    judged = {_judgement(given) for given in reviews_of(connection, turn)}
    if is_flagged:
        _become(connection, turn, "flagged")
    elif judged:
        _become(connection, turn, "reviewed" if len(judged) == 1 else "disputed")


def _become(connection: Connection, turn: int, state: State) -> None:
    connection.execute(TURNS.update().where(TURNS.c.id == turn).values(state=state))
    index_turns(connection, [turn])


def _judgement(given: Review) -> tuple[Any, ...]:
    return given.is_right, given.intent, given.procedure, given.section, json.dumps(given.entities, default=list)


def _review(row: Any) -> Review:
    entities = None if row["entities"] is None else json.loads(row["entities"])
    return Review(row["reviewer"], row["is_right"], row["intent"], row["procedure"], row["section"], entities)
