"""The outbox: replies that a channel must push to a citizen, in order, until delivered or given up."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from sqlalchemy import bindparam, select

from gateway.claims import Claims
from gateway.database import OUTBOX, Database, clock, now

LONGEST_PAUSE = 86400.0  # seconds: a channel may name any, such as until its next day
Reply = dict[str, Any]
State = Literal["waiting", "delivered", "dead"]


def reply(text: str, status: str) -> Reply:
    """A reply of the gateway's own."""
    return {"text": text, "status": status}


@dataclass(frozen=True)
class Delivery:
    """One reply on its way to one person. `id` never changes: where a channel takes a key against doubles, it is this."""

    id: int
    conversation: str
    channel: str
    address: dict[str, Any]
    reply: Reply
    attempts: int
    created_at: datetime
    message: int = 0  # of the inbox, that it answers


@dataclass(frozen=True)
class Delivered:
    """The channel took it; `external_id` is the channel's own id, if it gave one."""

    external_id: str | None = None


@dataclass(frozen=True)
class TryLater:
    """The channel may take it later: after `seconds`, or when the outbox thinks fit. `reason` holds no personal data."""

    seconds: float | None
    reason: str


@dataclass(frozen=True)
class Undeliverable:
    """The channel will never take it. `is_alarm`: somebody must act, since other people's replies fail alike."""

    reason: str
    is_alarm: bool = False


Outcome = Delivered | TryLater | Undeliverable


class Channel(Protocol):
    """Something that pushes replies; `window` is for how many seconds after a citizen's last word it may, None: for ever."""

    name: str
    window: float | None

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Pushes one reply; an exception counts as TryLater."""


@dataclass(frozen=True)
class DeadLetter:
    """A reply that nobody got, and why."""

    delivery: Delivery
    reason: str
    finished_at: datetime


class Outbox:
    """The rows of the outbox; `gateway.inbox.Inbox.answer` writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        of_channels = OUTBOX.c.channel.in_(bindparam("channels", expanding=True))
        self.claims = Claims(database, OUTBOX, of_channels, longest_pause=LONGEST_PAUSE)

    def claim(self, owner: str, limit: int, channels: Collection[str]) -> list[Delivery]:
        """What is due of these channels, the earliest of each conversation, taken so that nobody else delivers it."""
        return [_delivery(row) for row in self.claims.take(owner, limit, channels=sorted(channels))]

    def delivered(self, delivery: Delivery, external_id: str | None) -> None:
        """It arrived."""
        self._finish(delivery, "delivered", external_id=external_id)

    def bury(self, delivery: Delivery, reason: str) -> None:
        """It will not arrive: a dead letter."""
        self._finish(delivery, "dead", reason=reason[:200])

    def postpone(self, delivery: Delivery, seconds: float, reason: str) -> None:
        """It is tried again after these seconds, and what follows in its conversation waits."""
        self.claims.postpone(delivery.id, seconds, reason=reason[:200])

    def dead_letters(self) -> list[DeadLetter]:
        """Oldest first."""
        query = select(OUTBOX).where(OUTBOX.c.state == "dead").order_by(OUTBOX.c.id)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [DeadLetter(_delivery(row), row["reason"], row["finished_at"]) for row in rows]

    def revive(self, delivery_id: int) -> bool:
        """Gives a dead letter another round of attempts; False if there is none of that id."""
        update = OUTBOX.update().where(OUTBOX.c.id == delivery_id, OUTBOX.c.state == "dead")
        values = {"state": "waiting", "attempts": 0, "next_try_at": clock(), "finished_at": None}
        return self._database.write(lambda connection: bool(connection.execute(update.values(values)).rowcount))

    def _finish(self, delivery: Delivery, state: State, **values: Any) -> None:
        finish = OUTBOX.update().where(OUTBOX.c.id == delivery.id)
        finish = finish.values(state=state, finished_at=now(), claimed_by=None, claimed_until=0.0, **values)
        self._database.write(lambda connection: connection.execute(finish))


def _delivery(row: Any) -> Delivery:
    names = ("id", "conversation", "channel", "attempts", "created_at", "message")
    known = {name: row[name] for name in names}
    return Delivery(**known, address=json.loads(row["address"]), reply=json.loads(row["reply"]))
