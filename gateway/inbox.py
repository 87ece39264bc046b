"""The inbox: every message is stored before it is acknowledged, and answered once."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import ColumnElement

from gateway.claims import Claims
from gateway.database import MESSAGES, OUTBOX, PAUSES, Database, clock, now
from gateway.outbox import Reply as Reply
from motcua.conversations.moments import ms_of
from motcua.conversations.redaction import mask

MAX_PAUSE = 5.0  # seconds until a message is tried again
NOTICE, STAFF_REPLY = "notice", "staff_reply"  # signals of messages that no citizen sent
# waiting: for the bot. for_staff: a person has taken the conversation over. ignored: one of a flood.
State = Literal["waiting", "answered", "for_staff", "ignored"]
# What each event needs is made once: SQLAlchemy takes six times as long to make these as to run them.
_SAME = select(MESSAGES).where(*(MESSAGES.c[name] == bindparam(name) for name in ("channel", "conversation", "external_id")))
_PAUSED = select(PAUSES.c.until).where(PAUSES.c.conversation == bindparam("conversation"), PAUSES.c.until > bindparam("moment"))
_INSERT = MESSAGES.insert()
_FIND = select(MESSAGES).where(*(MESSAGES.c[name] == bindparam(name) for name in ("conversation", "external_id")))
_WAITING = select(MESSAGES.c.id).where(MESSAGES.c.id.in_(bindparam("ids", expanding=True)), MESSAGES.c.state == "waiting")
_ADDRESS = select(MESSAGES.c.address).where(MESSAGES.c.id == bindparam("id"))
_ANSWER = MESSAGES.update().where(MESSAGES.c.id == bindparam("id_"), MESSAGES.c.state == "waiting")
_ANSWER = _ANSWER.values(state="answered", claimed_by=None, claimed_until=0.0)


@dataclass(frozen=True)
class Message:
    """A stored message, redacted, with its replies: None while it waits, empty where the bot is not to answer."""

    id: int
    conversation: str
    channel: str
    external_id: str
    text: str
    signal: str | None
    state: State
    replies: tuple[Reply, ...] | None
    attempts: int = 0
    first_tried_at: float | None = None
    at: int = 0  # ms since 1970, when it was received
    is_pushed: bool = False  # its replies go to an address


@dataclass(frozen=True)
class Heard:
    """The last word of a citizen: the channel, where replies are pushed to (None: they are fetched), and when, since 1970."""

    channel: str
    address: dict[str, Any] | None
    at: float


class Inbox:
    """Messages and their replies; `on_settled` is told of each message that the bot is done with, or never sees."""

    def __init__(self, database: Database, *, on_settled: Callable[[Message], None] = lambda _: None) -> None:
        self._database, self._on_settled = database, on_settled
        self.claims = Claims(database, MESSAGES, longest_pause=MAX_PAUSE)

    def accept(
        self,
        conversation: str,
        channel: str,
        external_id: str,
        text: str,
        signal: str | None,
        *,
        address: dict[str, Any] | None = None,
        raw_event: str | None = None,
        is_ignored: bool = False,
        replies: Sequence[Reply] | None = None,
    ) -> Message:
        """Stores a message, or finds the one already stored under this id: a second delivery changes nothing.

        With an `address` its replies are pushed there by the channel of that name; without one the client fetches them.
        Given its `replies`, it is answered by them and the bot never sees it.
        """
        values = {
            "conversation": conversation,
            "channel": channel,
            "external_id": external_id,
            "text": text,
            "signal": signal,
            "address": None if address is None else json.dumps(address),
            "raw_event": None if raw_event is None else mask(raw_event).text,
        }

        def job(connection: Connection) -> tuple[Message, bool]:
            if (known := connection.execute(_SAME, values).mappings().first()) is not None:
                return _message(known), False
            state = "ignored" if is_ignored else _state(connection, conversation) if replies is None else "waiting"
            row = {**values, "state": state, "received_at": now(), "replies": None, "attempts": 0, "first_tried_at": None}
            (row["id"],) = connection.execute(_INSERT, row).inserted_primary_key
            message = _message(row)
            if replies is None:
                return message, True
            _keep(connection, message, replies)
            return replace(message, state="answered", replies=tuple(replies)), True

        try:
            message, is_new = self._database.write(job)
        except IntegrityError:  # another process stored it this very moment
            message, is_new = self._database.write(job)
        if is_new and message.state != "waiting":
            self._on_settled(message)
        return message

    def find(self, conversation: str, external_id: str) -> Message | None:
        """The message of that id in that conversation, or None."""
        with self._database.reading() as connection:
            row = connection.execute(_FIND, {"conversation": conversation, "external_id": external_id}).mappings().first()
        return None if row is None else _message(row)

    def settled(self, ids: Sequence[int]) -> list[int]:
        """Which of these messages the bot is done with, answered, erased or taken away from it."""
        with self._database.reading() as connection:
            waiting = set(connection.execute(_WAITING, {"ids": ids}).scalars())
        return [message_id for message_id in ids if message_id not in waiting]

    def expects_digits(self, conversation: str) -> bool:
        """Whether the last answer in this conversation asked for the last digits of a number."""
        answered = (MESSAGES.c.conversation == conversation, MESSAGES.c.replies.is_not(None))
        query = select(MESSAGES.c.replies).where(*answered).order_by(MESSAGES.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            replies = json.loads(connection.execute(query).scalar() or "[]")
        return any(reply.get("expects") == "last_digits" for reply in replies)

    def last_heard(self, conversation: str) -> Heard | None:
        """Where and when its citizen last said something; None if there is nothing of it any more."""
        said = or_(MESSAGES.c.signal.like("send_%"), and_(MESSAGES.c.signal.is_(None), MESSAGES.c.text != ""))
        theirs = (MESSAGES.c.conversation == conversation, said)
        columns = (MESSAGES.c.channel, MESSAGES.c.address, MESSAGES.c.received_at)
        query = select(*columns).where(*theirs).order_by(MESSAGES.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Heard(row.channel, json.loads(row.address) if row.address else None, ms_of(row.received_at) / 1000)

    def waiting(self) -> list[Message]:
        """Messages without a reply, oldest first."""
        return self._rows(MESSAGES.c.state == "waiting")

    def transcript(self, conversation: str) -> list[Message]:
        """A conversation from its beginning."""
        return self._rows(MESSAGES.c.conversation == conversation)

    def address(self, conversation: str) -> dict[str, Any] | None:
        """Where what is said in a conversation is pushed to; None where its client fetches it."""
        query = select(MESSAGES.c.address).where(MESSAGES.c.conversation == conversation, MESSAGES.c.address.is_not(None))
        with self._database.reading() as connection:
            found = connection.execute(query.order_by(MESSAGES.c.id.desc()).limit(1)).scalar()
        return None if found is None else json.loads(found)

    def notices(self, conversation: str) -> list[Message]:
        """What was said to the citizen without being asked for, oldest first."""
        return self._rows(MESSAGES.c.conversation == conversation, MESSAGES.c.signal.in_((NOTICE, STAFF_REPLY)))

    def claim(self, owner: str, limit: int) -> list[Message]:
        """What is due, the earliest of each conversation, taken so that nobody else hands it to the bot."""
        return [_message(row) for row in self.claims.take(owner, limit)]

    def postpone(self, message: Message, seconds: float) -> None:
        """It is tried again after these seconds, and what follows in its conversation waits."""
        self.claims.postpone(message.id, seconds, first_tried_at=func.coalesce(MESSAGES.c.first_tried_at, clock()))

    def answer(self, message: Message, replies: Sequence[Reply]) -> Message | None:
        """Keeps the replies of a message and puts them into the outbox where they are pushed, both or neither; the message.

        None, and nothing changes, if the message was waiting no longer.
        """
        return self._answered(message, replies, self._database.write(lambda connection: _keep(connection, message, replies)))

    def finish(self, message: Message, replies: Sequence[Reply], owner: str) -> tuple[Message | None, list[Message]]:
        """`answer`, and in the same transaction `claim` of the next one."""

        def job(connection: Connection) -> tuple[bool, list[Any]]:
            return _keep(connection, message, replies), self.claims.take_in(connection, owner, 1)

        is_kept, rows = self._database.write(job)
        return self._answered(message, replies, is_kept), [_message(row) for row in rows]

    def _answered(self, message: Message, replies: Sequence[Reply], is_kept: bool) -> Message | None:
        if not is_kept:
            return None
        answered = replace(message, state="answered", replies=tuple(replies))
        self._on_settled(answered)
        return answered

    def _rows(self, *conditions: ColumnElement[bool]) -> list[Message]:
        with self._database.reading() as connection:
            rows = connection.execute(select(MESSAGES).where(*conditions).order_by(MESSAGES.c.id)).mappings().all()
        return [_message(row) for row in rows]


def _state(connection: Connection, conversation: str) -> State:
    paused = connection.execute(_PAUSED, {"conversation": conversation, "moment": clock()}).first()
    return "for_staff" if paused else "waiting"


def _keep(connection: Connection, message: Message, replies: Sequence[Reply]) -> bool:
    values = {"id_": message.id, "replies": _json(list(replies)), "answered_at": now()}
    if not connection.execute(_ANSWER, values).rowcount:
        return False
    if message.is_pushed and replies:
        address = connection.execute(_ADDRESS, {"id": message.id}).scalar_one()
        connection.execute(OUTBOX.insert(), [_outgoing(message, reply, address) for reply in replies])
    return True


def _outgoing(message: Message, reply: Reply, address: str) -> dict[str, Any]:
    return {
        "message": message.id,
        "conversation": message.conversation,
        "channel": message.channel,
        "address": address,
        "reply": _json(reply),
        "state": "waiting",
        "created_at": now(),
        "attempts": 0,
        "next_try_at": 0.0,
        "claimed_until": 0.0,
    }


def _message(row: Any) -> Message:
    replies = json.loads(row["replies"]) if row["replies"] else []
    names = ("id", "conversation", "channel", "external_id", "text", "signal", "state", "attempts", "first_tried_at")
    known = {**{name: row[name] for name in names}, "at": ms_of(row["received_at"]), "is_pushed": row["address"] is not None}
    return Message(**known, replies=None if row["state"] == "waiting" else tuple(replies))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
