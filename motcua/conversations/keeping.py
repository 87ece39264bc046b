"""Writing turns: redacted, once, and merged with what another process knew of it."""

import json
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection

from motcua.conversations.counting import mark_stale
from motcua.conversations.indexing import index_turns, length_of
from motcua.conversations.moments import new_id
from motcua.conversations.redaction import hide_known, redact
from motcua.conversations.schema import CONVERSATIONS, ERASURES, TRACES, TURNS
from motcua.conversations.turns import Trace, Turn

_COLUMNS = (
    "channel", "place", "said", "status", "intent", "runner_up", "confidence", "procedure", "section", "field", "ms", "model",
    "index_digest", "helpful", "feedback_reason", "handed_over",
)  # fmt: skip


# What each turn needs is made once: SQLAlchemy takes six times as long to make these as to run them.
_ERASED = select(ERASURES.c.at).where(ERASURES.c.conversation == bindparam("conversation"), ERASURES.c.at >= bindparam("at"))
_KNOWN = select(TURNS.c.id).where(TURNS.c.conversation == bindparam("conversation"), TURNS.c.message == bindparam("message"))
_OF_CONVERSATION = select(TURNS.c.id).where(TURNS.c.conversation == bindparam("conversation"))
_LAST_NUMBER = select(func.max(TURNS.c.number)).where(TURNS.c.conversation == bindparam("conversation"))
_INSERT_TURN, _UPDATE_TURN = TURNS.insert(), TURNS.update().where(TURNS.c.id == bindparam("turn_id"))
_SPAN = select(CONVERSATIONS.c.began_at, CONVERSATIONS.c.last_at).where(CONVERSATIONS.c.id == bindparam("conversation"))
_OPEN = CONVERSATIONS.insert()
_CHANGE = CONVERSATIONS.update().where(CONVERSATIONS.c.id == bindparam("conversation"))
_LENGTHEN = _CHANGE.values(turns=CONVERSATIONS.c.turns + 1)
_TRACE = select(TRACES.c.trace).where(TRACES.c.turn == bindparam("turn_id"))
_INSERT_TRACE, _UPDATE_TRACE = TRACES.insert(), TRACES.update().where(TRACES.c.turn == bindparam("turn_id"))


def keep(connection: Connection, turns: Iterable[Turn]) -> None:
    """Keeps turns, but none of a conversation that was erased since it was said.

    Conversation by conversation in one order, since two processes that lock rows in two orders wait for each other.
    """
    kept, touched = list[int](), dict[int, None]()
    for turn in sorted(turns, key=attrgetter("conversation")):
        if not _is_erased(connection, turn):
            turn_id, changed = _keep(connection, redacted(turn))
            kept.append(turn_id)
            touched |= dict.fromkeys(changed)
    index_turns(connection, list(touched))
    mark_stale(connection, kept)


def _keep(connection: Connection, turn: Turn) -> tuple[int, list[int]]:
    """The id of the turn, and the turns whose terms have changed."""
    known: dict[str, Any] = {name: value for name in _COLUMNS if (value := getattr(turn, name)) is not None}
    turn_id = connection.execute(_KNOWN, {"conversation": turn.conversation, "message": turn.message}).scalar()
    is_new = turn_id is None
    if is_new:
        turn_id, touched = _insert(connection, turn, known)
    else:
        if known:
            connection.execute(_UPDATE_TURN, {"turn_id": turn_id, **known})
        touched = [turn_id]
    if told := {name: known[name] for name in ("channel", "place") if name in known}:
        connection.execute(_CHANGE, told | {"conversation": turn.conversation})
    _merge_trace(connection, turn_id, turn.trace, is_new=is_new)
    return turn_id, touched


def redacted(turn: Turn) -> Turn:
    """The turn without personal data, wherever its text was carried on to."""
    said, heard = redact(turn.said or ""), redact(turn.trace.get("heard", ""))
    found = [text for _, text in (*said.found, *heard.found)]
    trace: Trace = {**turn.trace}
    if "heard" in trace:
        trace["heard"] = heard.text
    if "entities" in trace:
        trace["entities"] = [{**entity, "value": redact(str(entity.get("value", ""))).text} for entity in trace["entities"]]
    if "replies" in trace:
        trace["replies"] = [hide_known(reply, found) for reply in trace["replies"]]
    return replace(turn, said=said.text if turn.said is not None else None, trace=trace)


def _is_erased(connection: Connection, turn: Turn) -> bool:
    return connection.execute(_ERASED, {"conversation": turn.conversation, "at": turn.at}).first() is not None


def _insert(connection: Connection, turn: Turn, known: dict[str, Any]) -> tuple[int, list[int]]:
    """The id of the new turn, and the turns whose terms it changes."""
    of_it = {"conversation": turn.conversation}
    number = 1 + (connection.execute(_LAST_NUMBER, of_it).scalar() or 0)
    _count(connection, turn)
    turn_id = new_id(turn.at)
    row = {"id": turn_id, "conversation": turn.conversation, "message": turn.message, "number": number}
    defaults = {"said": turn.trace.get("heard", ""), "handed_over": False, "state": "unreviewed"}
    connection.execute(_INSERT_TURN, {**defaults, **known, **row})
    if length_of(number) == length_of(number - 1):
        return turn_id, [turn_id]
    return turn_id, list(connection.execute(_OF_CONVERSATION, of_it).scalars())


def _count(connection: Connection, turn: Turn) -> None:
    """Opens the conversation, or makes it one turn longer."""
    found = connection.execute(_SPAN, {"conversation": turn.conversation}).first()
    if found is None:
        values = {"channel": turn.channel, "place": turn.place, "began_at": turn.at, "last_at": turn.at, "turns": 1}
        connection.execute(_OPEN, {"id": turn.conversation, **values})
        return
    values = {"began_at": min(found.began_at, turn.at), "last_at": max(found.last_at, turn.at)}
    connection.execute(_LENGTHEN, {"conversation": turn.conversation, **values})


def _merge_trace(connection: Connection, turn_id: int, trace: Trace, *, is_new: bool) -> None:
    if not trace:
        return
    known = None if is_new else connection.execute(_TRACE, {"turn_id": turn_id}).scalar()
    merged = json.dumps({**json.loads(known or "{}"), **trace}, ensure_ascii=False)
    if known is None:
        connection.execute(_INSERT_TRACE, {"turn": turn_id, "trace": merged})
    else:
        connection.execute(_UPDATE_TRACE, {"turn_id": turn_id, "trace": merged})
