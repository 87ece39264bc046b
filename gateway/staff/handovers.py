"""Conversations that a person is wanted for: who waits, who has whom, and who is to be called back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Column, Float, Index, String, Table, Text, bindparam, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import ColumnElement

from gateway.database import METADATA, Database, clock

# waiting: for somebody to take it. taken: a person writes here. callback: to be called. closed: settled, gone within a day.
State = Literal["waiting", "taken", "callback", "closed"]
OPEN: tuple[State, ...] = ("waiting", "taken", "callback")
HANDOVERS = Table(
    "handovers",
    METADATA,
    Column("conversation", String(128), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("place", String(5)),  # the ward or commune, by its code
    Column("reason", String(20), nullable=False),
    Column("summary", Text, nullable=False),  # JSON; what staff read, without personal numbers
    Column("state", String(16), nullable=False),
    Column("by", String(64), nullable=False, default=""),
    Column("since", Float, nullable=False),  # seconds since 1970: when a person was asked for
    Column("changed_at", Float, nullable=False),
    Column("offered_at", Float),  # when the citizen was asked for a number to call; null while that question is not open
    Column("phone", Text),  # sealed
    Index("handovers_by_state", "state", "since"),
)
_C = HANDOVERS.c
_FIND = select(HANDOVERS).where(_C.conversation == bindparam("conversation"))  # every message asks it


@dataclass(frozen=True)
class Handover:
    """One conversation that a person was asked into."""

    conversation: str
    channel: str
    place: str | None
    reason: str
    summary: Mapping[str, Any]
    state: State
    by: str
    since: float
    offered_at: float | None
    phone: str | None


@dataclass(frozen=True)
class Asked:
    """What the bot hands over: why, where, and what the person should know."""

    reason: str
    place: str | None
    summary: Mapping[str, Any]


class Handovers:
    """The rows. Every change names the states it may start from, so that of two at once only one succeeds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, conversation: str, channel: str, asked: Asked) -> Handover:
        """Puts a conversation into the queue, where it keeps its turn if it is there already."""
        told = {"reason": asked.reason[:20], "place": asked.place, "summary": json.dumps(asked.summary, ensure_ascii=False)}
        moment = clock()
        fresh = {"state": "waiting", "by": "", "since": moment, "changed_at": moment, "offered_at": None, "phone": None}
        mine = HANDOVERS.update().where(_C.conversation == conversation)

        def job(connection: Connection) -> None:
            if connection.execute(mine.where(_C.state.in_(OPEN)).values(**told)).rowcount:
                return
            if not connection.execute(mine.values(channel=channel, **told, **fresh)).rowcount:
                connection.execute(HANDOVERS.insert().values(conversation=conversation, channel=channel, **told, **fresh))

        try:
            self._database.write(job)
        except IntegrityError:  # another process put it there this very moment
            self._database.write(job)
        found = self.find(conversation)
        assert found is not None, "a row just written"
        return found

    def find(self, conversation: str) -> Handover | None:
        """The handover of a conversation, or None."""
        with self._database.reading() as connection:
            row = connection.execute(_FIND, {"conversation": conversation}).mappings().first()
        return None if row is None else _handover(row)

    def open(self, place: str | None = None) -> list[Handover]:
        """All that wait, are taken or are to be called, oldest first; only of one place where one is named."""
        return self._rows(_C.state.in_(OPEN), *([_C.place == place] if place else []))

    def ahead(self, handover: Handover) -> int:
        """How many wait before this one among those of its place."""
        same = _C.place.is_(None) if handover.place is None else _C.place == handover.place
        earlier = or_(_C.since < handover.since, (_C.since == handover.since) & (_C.conversation < handover.conversation))
        query = select(func.count()).select_from(HANDOVERS).where(_C.state == "waiting", same, earlier)
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def take(self, conversation: str, by: str) -> bool:
        """Gives it to one of staff: who waits is then written to, who is to be called stays so. False if another has it."""
        mine, moment = _C.conversation == conversation, clock()
        waiting = HANDOVERS.update().where(mine, _C.state == "waiting")
        others = HANDOVERS.update().where(mine, _C.state.in_(("callback", "taken")), _C.by.in_(("", by)))

        def job(connection: Connection) -> bool:
            taken = {"state": "taken", "by": by, "changed_at": moment, "offered_at": None}
            if connection.execute(waiting.values(**taken)).rowcount:
                return True
            return bool(connection.execute(others.values(by=by)).rowcount)  # a number is kept no longer for being taken up

        return self._database.write(job)

    def offer(self, conversation: str) -> bool:
        """Notes that the citizen is asked for a number; False if that was so before, or nobody waits there."""
        return self._change(conversation, _C.state == "waiting", _C.offered_at.is_(None), offered_at=clock())

    def keep_phone(self, conversation: str, sealed: str) -> bool:
        """Keeps the number to call in place of an earlier one; False if nobody waits there."""
        kept = {"state": "callback", "phone": sealed, "offered_at": None}
        return self._change(conversation, _C.state.in_(("waiting", "callback")), **kept)

    def close(self, conversation: str) -> bool:
        """Settles it; the number to call is deleted. False if it was settled before."""
        return self._change(conversation, _C.state.in_(OPEN), state="closed", phone=None, offered_at=None)

    def touch(self, conversation: str) -> None:
        """Notes that staff are at work on it."""
        self._change(conversation, _C.state == "taken")

    def not_taken(self, before: float) -> list[Handover]:
        """Those who wait since before that moment and were not asked for a number."""
        return self._rows(_C.state == "waiting", _C.offered_at.is_(None), _C.since < before)

    def left(self, state: State, before: float) -> list[Handover]:
        """Those in that state with which nothing was done since that moment."""
        return self._rows(_C.state == state, _C.changed_at < before)

    def forget(self, before: float) -> None:
        """Deletes what was settled before that moment."""
        gone = HANDOVERS.delete().where(_C.state == "closed", _C.changed_at < before)
        self._database.write(lambda connection: connection.execute(gone))

    def _change(self, conversation: str, *conditions: ColumnElement[bool], **values: Any) -> bool:
        update = HANDOVERS.update().where(_C.conversation == conversation, *conditions)
        changed = update.values(**values, changed_at=clock())
        return self._database.write(lambda connection: bool(connection.execute(changed).rowcount))

    def _rows(self, *conditions: ColumnElement[bool]) -> list[Handover]:
        query = select(HANDOVERS).where(*conditions).order_by(_C.since, _C.conversation)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [_handover(row) for row in rows]


def _handover(row: Any) -> Handover:
    names = Handover.__dataclass_fields__
    return Handover(**{**{name: row[name] for name in names}, "summary": json.loads(row["summary"])})
