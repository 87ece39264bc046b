"""What is kept of a conversation is enough to go on with it, and no more than that, however long it was."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, AllSlotsReset, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.trackers import KEPT_TURNS, RecentTurns, TurnOvertaken
from tests.postgres import running_postgres

SLOTS = [AnySlot(name, mappings=[{"type": "custom"}]) for name in ("place", "procedure")]
DOMAIN = Domain(["hoi"], [], SLOTS, {}, ["action_tra_loi"], {}, {})


class Heard:
    """An event broker that keeps what it is told."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def publish(self, event: dict[str, Any]) -> None:
        self.events.append(event)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'trackers.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def store(url: str, tmp_path: Path) -> RecentTurns:
    return RecentTurns(DOMAIN, url, Heard())


def turn(number: int, *remembered: Event) -> list[Event]:
    """A message, its answer, what is remembered of it."""
    said = UserUttered(f"câu {number}", {"name": "hoi"}, message_id=f"id-{number}")
    return [said, ActionExecuted("action_tra_loi"), BotUttered(f"đáp {number}"), *remembered, ActionExecuted("action_listen")]


async def talked(store: RecentTurns, name: str, *turns: list[Event]) -> DialogueStateTracker:
    """A conversation whose turns were run one after the other, each by a process that read the tracker anew."""
    for events in turns:
        tracker = await store.get_or_create_tracker(name, append_action_listen=False)
        if not tracker.events:
            tracker.update_with_events([SessionStarted(), ActionExecuted("action_listen")], DOMAIN)
        tracker.update_with_events(events, DOMAIN)
        await store.save(tracker)
    found = await store.retrieve(name)
    assert found
    return found


async def test_what_was_said_is_there_for_the_next_process(store: RecentTurns) -> None:
    tracker = await talked(store, "a", turn(1, SlotSet("place", "09169")), turn(2))
    assert tracker.get_slot("place") == "09169"
    assert tracker.latest_message is not None
    assert (tracker.latest_message.text, tracker.latest_message.message_id) == ("câu 2", "id-2")
    assert tracker.latest_action_name == "action_listen"


async def test_slots_outlive_the_turns_that_set_them(store: RecentTurns) -> None:
    tracker = await talked(store, "b", turn(0, SlotSet("place", {"name": "Bắc Giang"})), *(turn(n) for n in range(1, 30)))
    assert tracker.get_slot("place") == {"name": "Bắc Giang"}


async def test_slots_end_as_they_are_now(store: RecentTurns) -> None:
    forgotten = turn(9, SlotSet("place", None), SlotSet("procedure", "1.001193"))
    tracker = await talked(store, "c", turn(0, SlotSet("place", "x")), *(turn(n) for n in range(1, 9)), forgotten)
    assert (tracker.get_slot("place"), tracker.get_slot("procedure")) == (None, "1.001193")
    afresh = await talked(store, "c", turn(10, AllSlotsReset()))
    assert afresh.get_slot("procedure") is None


async def test_a_long_conversation_is_kept_as_short_as_a_short_one(store: RecentTurns) -> None:
    short = await talked(store, "d", turn(0, SlotSet("place", "x")), *(turn(n) for n in range(1, KEPT_TURNS + 2)))
    long = await talked(store, "e", turn(0, SlotSet("place", "x")), *(turn(n) for n in range(1, 60)))
    assert len(long.events) <= len(short.events)


async def test_the_broker_hears_each_event_once(store: RecentTurns) -> None:
    await talked(store, "f", *(turn(n) for n in range(KEPT_TURNS + 4)))
    heard = [event["text"] for event in store.event_broker.events if event["event"] == "user"]
    assert heard == [f"câu {n}" for n in range(KEPT_TURNS + 4)]


async def test_a_forgotten_conversation_is_gone(store: RecentTurns) -> None:
    await talked(store, "g", turn(1))
    await store.forget("g")
    assert await store.retrieve("g") is None
    assert "g" not in await store.keys()


async def test_what_is_too_old_is_gone_after_a_start(store: RecentTurns, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await talked(store, "old", turn(1))
    RecentTurns(DOMAIN, url)
    assert "old" in await store.keys()
    monkeypatch.setattr("bot.trackers.datetime", _InTwoYears)
    RecentTurns(DOMAIN, url)
    assert "old" not in await store.keys()


class _InTwoYears(datetime):
    """A clock that runs ahead."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.now(tz) + timedelta(days=730)


async def test_nothing_is_kept_of_a_turn_that_was_not_saved(store: RecentTurns) -> None:
    await store.get_or_create_tracker("h")
    assert await store.retrieve("h") is None


async def test_the_slower_of_two_bots_saves_nothing(store: RecentTurns) -> None:
    await talked(store, "i", turn(1))
    slow = await store.get_or_create_tracker("i", append_action_listen=False)
    await talked(store, "i", turn(2))
    slow.update_with_events(turn(2), DOMAIN)
    with pytest.raises(TurnOvertaken):
        await store.save(slow)
    kept = await store.retrieve("i")
    assert kept and [one.message_id for one in kept.events if isinstance(one, UserUttered)] == ["id-1", "id-2"]


async def test_two_bots_cannot_both_begin_a_conversation(store: RecentTurns) -> None:
    slow = await store.get_or_create_tracker("j", append_action_listen=False)
    await talked(store, "j", turn(1))
    slow.update_with_events(turn(1), DOMAIN)
    with pytest.raises(TurnOvertaken):
        await store.save(slow)


async def test_what_was_erased_during_a_turn_stays_erased(store: RecentTurns) -> None:
    await talked(store, "k", turn(1))
    slow = await store.get_or_create_tracker("k", append_action_listen=False)
    await store.forget("k")
    slow.update_with_events(turn(2), DOMAIN)
    with pytest.raises(TurnOvertaken):
        await store.save(slow)
    assert await store.retrieve("k") is None
