"""Who wants to be told about a dossier: written down with their consent, ended by a word, by the result, or by half a year."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.sql import ColumnElement

from motcua.dossiers.registry import Stage
from motcua.dossiers.tables import SUBSCRIPTIONS

# changes: told whenever the stage changes, until there is a result. answer: told once, as soon as the registry answers again.
Wish = Literal["changes", "answer"]
SECONDS: dict[Wish, float] = {"changes": 180 * 24 * 3600.0, "answer": 24 * 3600.0}
LEASE_SECONDS = 60.0  # whoever takes one has this long; a dead process's are looked at again after it


@dataclass(frozen=True)
class Subscription:
    """A conversation's wish about one dossier, with what it was told last."""

    conversation: str
    code: str
    wish: Wish
    last_stage: Stage | None
    told: int
    consented_at: float


class Subscriptions:
    """The wishes of all conversations; several processes may take from them."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine, self._clock = engine, clock
        self._writes = engine.execution_options(writes=True)

    def add(self, conversation: str, code: str, wish: Wish, *, last_stage: Stage | None = None) -> None:
        """Writes a wish down, in place of an earlier one about the same dossier."""
        moment = self._clock()
        row = {
            "conversation": conversation,
            "code": code,
            "wish": wish,
            "consented_at": moment,
            "ends_at": moment + SECONDS[wish],
            "last_stage": last_stage,
            "told": 0,
            "next_look_at": moment,
        }
        with self._writes.begin() as connection:
            connection.execute(SUBSCRIPTIONS.delete().where(_is(conversation, code)))
            connection.execute(SUBSCRIPTIONS.insert().values(**row))

    def cancel(self, conversation: str) -> list[str]:
        """Ends all wishes of a conversation; the codes they were about."""
        mine = SUBSCRIPTIONS.c.conversation == conversation
        with self._writes.begin() as connection:
            codes = list(connection.execute(select(SUBSCRIPTIONS.c.code).where(mine)).scalars())
            connection.execute(SUBSCRIPTIONS.delete().where(mine))
        return codes

    def wishes(self, conversation: str) -> list[Wish]:
        """What a conversation waits to be told."""
        query = select(SUBSCRIPTIONS.c.wish).where(SUBSCRIPTIONS.c.conversation == conversation)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def take_due(self, limit: int = 20) -> list[Subscription]:
        """What is to be looked at now, taken for a minute so that no other process looks too."""
        moment = self._clock()
        is_due = SUBSCRIPTIONS.c.next_look_at <= moment
        query = select(SUBSCRIPTIONS).where(is_due).order_by(SUBSCRIPTIONS.c.next_look_at).limit(limit)
        taken = []
        with self._writes.begin() as connection:
            for row in connection.execute(query).mappings().all():
                claim = SUBSCRIPTIONS.update().where(_is(row["conversation"], row["code"]), is_due)
                if connection.execute(claim.values(next_look_at=moment + LEASE_SECONDS)).rowcount:
                    taken.append(_subscription(row))
        return taken

    def look_again(self, subscription: Subscription, seconds: float) -> None:
        """Looks again after these seconds; nothing was told."""
        self._change(subscription, next_look_at=self._clock() + seconds)

    def note_told(self, subscription: Subscription, stage: Stage, seconds: float) -> None:
        """The stage was told; looks again after these seconds."""
        self._change(subscription, last_stage=stage, told=subscription.told + 1, next_look_at=self._clock() + seconds)

    def end(self, subscription: Subscription) -> None:
        """Fulfilled, or nobody left to tell."""
        with self._writes.begin() as connection:
            connection.execute(SUBSCRIPTIONS.delete().where(_same(subscription)))

    def purge(self) -> None:
        """Forgets wishes that are half a year old."""
        with self._writes.begin() as connection:
            connection.execute(SUBSCRIPTIONS.delete().where(SUBSCRIPTIONS.c.ends_at <= self._clock()))

    def _change(self, subscription: Subscription, **values: Any) -> None:
        with self._writes.begin() as connection:
            connection.execute(SUBSCRIPTIONS.update().where(_same(subscription)).values(**values))


def _is(conversation: str, code: str) -> ColumnElement[bool]:
    return (SUBSCRIPTIONS.c.conversation == conversation) & (SUBSCRIPTIONS.c.code == code)


def _same(subscription: Subscription) -> ColumnElement[bool]:
    """Only that wish: one that was taken back and made anew meanwhile is another."""
    return _is(subscription.conversation, subscription.code) & (SUBSCRIPTIONS.c.consented_at == subscription.consented_at)


def _subscription(row: Any) -> Subscription:
    names = ("conversation", "code", "wish", "last_stage", "told", "consented_at")
    return Subscription(**{name: row[name] for name in names})
