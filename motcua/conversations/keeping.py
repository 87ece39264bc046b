"""Writing a turn: redacted, once, and merged with what another process knew of it."""

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
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


def keep(connection: Connection, turn: Turn) -> None:
    """Keeps a turn, unless its conversation was erased since it was said."""
    if _is_erased(connection, turn):
        return
    turn = redacted(turn)
    known = {name: value for name in _COLUMNS if (value := getattr(turn, name)) is not None}
    where = (TURNS.c.conversation == turn.conversation, TURNS.c.message == turn.message)
    turn_id = connection.execute(select(TURNS.c.id).where(*where)).scalar()
    if turn_id is None:
        turn_id, touched = _insert(connection, turn, known)
    else:
        if known:
            connection.execute(TURNS.update().where(TURNS.c.id == turn_id).values(known))
        touched = [turn_id]
    _keep_place(connection, turn)
    _merge_trace(connection, turn_id, turn.trace)
    index_turns(connection, touched)
    mark_stale(connection, turn_id)


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
    later = (ERASURES.c.conversation == turn.conversation, ERASURES.c.at >= turn.at)
    return connection.execute(select(ERASURES.c.at).where(*later)).first() is not None


def _insert(connection: Connection, turn: Turn, known: dict[str, Any]) -> tuple[int, list[int]]:
    """The id of the new turn, and the turns whose terms it changes."""
    of_it = TURNS.c.conversation == turn.conversation
    number = 1 + (connection.execute(select(func.max(TURNS.c.number)).where(of_it)).scalar() or 0)
    _count(connection, turn)
    turn_id = new_id(turn.at)
    row = {"id": turn_id, "conversation": turn.conversation, "message": turn.message, "number": number}
    defaults = {"said": turn.trace.get("heard", ""), "handed_over": False, "state": "unreviewed"}
    connection.execute(TURNS.insert().values({**defaults, **known, **row}))
    if length_of(number) == length_of(number - 1):
        return turn_id, [turn_id]
    return turn_id, list(connection.execute(select(TURNS.c.id).where(of_it)).scalars())


def _count(connection: Connection, turn: Turn) -> None:
    """Opens the conversation, or makes it one turn longer."""
    columns = CONVERSATIONS.c
    found = connection.execute(select(columns.began_at, columns.last_at).where(columns.id == turn.conversation)).first()
    if found is None:
        values = {"channel": turn.channel, "place": turn.place, "began_at": turn.at, "last_at": turn.at, "turns": 1}
        connection.execute(CONVERSATIONS.insert().values(id=turn.conversation, **values))
        return
    values = {"began_at": min(found.began_at, turn.at), "last_at": max(found.last_at, turn.at), "turns": columns.turns + 1}
    connection.execute(CONVERSATIONS.update().where(columns.id == turn.conversation).values(values))


def _keep_place(connection: Connection, turn: Turn) -> None:
    told = {name: value for name in ("channel", "place") if (value := getattr(turn, name)) is not None}
    if told:
        connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == turn.conversation).values(told))


def _merge_trace(connection: Connection, turn_id: int, trace: Trace) -> None:
    if not trace:
        return
    known = connection.execute(select(TRACES.c.trace).where(TRACES.c.turn == turn_id)).scalar()
    merged = json.dumps({**json.loads(known or "{}"), **trace}, ensure_ascii=False)
    if known is None:
        connection.execute(TRACES.insert().values(turn=turn_id, trace=merged))
    else:
        connection.execute(TRACES.update().where(TRACES.c.turn == turn_id).values(trace=merged))
