"""What Rasa remembers of a conversation: one row, its last turns whole, and of what came before only the slots.

Rasa's own SQL store keeps every event, and reads and replays all of them at each turn: after 200 turns a turn costs five times
what it cost at first. Rules decide by the turn they are in, and a message sent again is one of the last: a few are enough.
"""

import asyncio
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import pydantic_core
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    delete,
    select,
    text,
)

from motcua.engine import make_tables, open_engine
from motcua.settings import load_settings

KEPT_TURNS = 3
WRITERS = 4  # at once, to a database that takes several
PATIENCE_SECONDS = 5  # for a locked database, before the gateway is told to come again
# Of what NLU found and of how an answer came about: nobody asks for it a turn later.
_NOT_KEPT = ("intent_ranking", "text_tokens", "sections_asked", "trace")
_METADATA = MetaData()
_TRACKERS = Table(
    "trackers",
    _METADATA,
    Column("conversation", String(255), primary_key=True),
    Column("events", Text, nullable=False),  # JSON
    Column("turns", Integer, nullable=False),  # that were saved
    Column("saved_at", DateTime(timezone=True), nullable=False, index=True),
)
_READ = select(_TRACKERS.c.events, _TRACKERS.c.turns).where(_TRACKERS.c.conversation == bindparam("conversation"))
_AT = bindparam("saved_at", type_=DateTime(timezone=True))
_BEGIN = text(
    "INSERT INTO trackers (conversation, events, turns, saved_at) VALUES (:conversation, :events, 1, :saved_at) "
    "ON CONFLICT (conversation) DO NOTHING"
).bindparams(_AT)
_GO_ON = text(
    "UPDATE trackers SET events = :events, turns = turns + 1, saved_at = :saved_at "
    "WHERE conversation = :conversation AND turns = :turns"
).bindparams(_AT)


class TurnOvertaken(RuntimeError):
    """Another bot has run a turn of this conversation, or it was erased, since its tracker was read: nothing was saved."""


class RecentTurns(TrackerStore):
    """A tracker store on SQLite or PostgreSQL (MOTCUA_TRACKERS_URL).

    What is older than MOTCUA_KEEP_DAYS goes at each start.
    """

    def __init__(self, domain: Domain | None = None, host: str | None = None, event_broker: EventBroker | None = None) -> None:
        super().__init__(domain, event_broker)
        settings = load_settings()
        # A power failure may take back the last turns here, never a message: the gateway's inbox is synced to disk.
        self._engine = open_engine(host or settings.trackers_url, is_durable=False, patience=PATIENCE_SECONDS)
        self._writes = self._engine.execution_options(writes=True)
        self._is_sqlite = self._engine.dialect.name == "sqlite"
        # SQLite lets one write at a time; several would sleep, and sleep too long, until it is their turn.
        self._writers = ThreadPoolExecutor(1 if self._is_sqlite else WRITERS, "trackers")
        make_tables(_METADATA, self._engine)
        self._forget_older_than(timedelta(days=settings.keep_days))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker as its last turn left it, or None. Raises SQLAlchemyError."""
        # Readers of SQLite in WAL wait for nobody: the row is there before a thread would begin to look for it.
        kept = self._read(sender_id) if self._is_sqlite else await asyncio.to_thread(self._read, sender_id)
        if kept is None:
            return None
        events, tracker_turns = kept
        tracker = DialogueStateTracker.from_dict(sender_id, pydantic_core.from_json(events), self.domain.slots)
        tracker.kept, tracker.turns = len(tracker.events), tracker_turns
        return tracker

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A new tracker, not saved: a turn is there whole or not at all."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted("action_listen"))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the tracker, then tells the event broker what is new in it. Raises SQLAlchemyError, TurnOvertaken."""
        kept, turns = pydantic_core.to_json([_kept(one) for one in compacted(tracker)]), getattr(tracker, "turns", 0)
        writing = asyncio.get_running_loop().run_in_executor
        await writing(self._writers, self._write, tracker.sender_id, kept.decode(), turns)
        if self.event_broker:
            new = list(islice(tracker.events, getattr(tracker, "kept", 0), None))
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)
        tracker.kept, tracker.turns = len(tracker.events), turns + 1

    async def forget(self, sender_id: str) -> None:
        """Deletes a conversation's tracker."""
        await asyncio.to_thread(self._delete, sender_id)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        with self._engine.connect() as connection:
            return list(connection.execute(select(_TRACKERS.c.conversation)).scalars())

    def _read(self, conversation: str) -> tuple[str, int] | None:
        with self._engine.connect() as connection:
            return connection.execute(_READ, {"conversation": conversation}).first()

    def _write(self, conversation: str, events: str, turns: int) -> None:
        """Saves turn `turns + 1`, by whichever bot is first; a lock may be lost with its server, this cannot."""
        row = {"conversation": conversation, "events": events, "saved_at": datetime.now(UTC)}
        with self._writes.begin() as connection:
            saved = connection.execute(_GO_ON, {**row, "turns": turns}) if turns else connection.execute(_BEGIN, row)
            if not saved.rowcount:
                raise TurnOvertaken

    def _forget_older_than(self, age: timedelta) -> None:
        with self._writes.begin() as connection:
            connection.execute(delete(_TRACKERS).where(_TRACKERS.c.saved_at < datetime.now(UTC) - age))

    def _delete(self, conversation: str) -> None:
        with self._writes.begin() as connection:
            connection.execute(delete(_TRACKERS).where(_TRACKERS.c.conversation == conversation))


def compacted(tracker: DialogueStateTracker) -> list[Event]:
    """The events of the last turns, and before them one event for each slot that is set: replayed, they give this tracker.

    A slot that a kept event changes again ends as it is now, since that event is replayed later.
    """
    events: Sequence[Event] = list(tracker.events)
    begins = [number for number, one in enumerate(events) if isinstance(one, UserUttered)]
    if len(begins) <= KEPT_TURNS:
        return list(events)
    first = begins[-KEPT_TURNS] - 1  # the listening before the message belongs to it
    slots = [
        SlotSet(name, slot.value, timestamp=events[first].timestamp)
        for name, slot in tracker.slots.items()
        if slot.value != slot.initial_value
    ]
    return [*slots, *events[first:]]


def _kept(one: Event) -> dict[str, Any]:
    found = one.as_dict()
    part = "parse_data" if isinstance(one, UserUttered) else "metadata" if isinstance(one, BotUttered) else None
    if part:
        found[part] = {name: value for name, value in found[part].items() if name not in _NOT_KEPT}
    return found
