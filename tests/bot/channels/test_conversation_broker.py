"""Rasa's own processor and tracker store, with our broker behind them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sanic import Sanic

from bot.conversation_broker import ConversationBroker
from motcua.conversations.finding import turns_of
from motcua.conversations.recorder import Recorder
from motcua.conversations.store import ConversationStore
from motcua.conversations.turns import REPLAYED
from tests.bot.channels.test_turns import REPLIES, Bot


class Watched:
    """A bot with our broker, on a store of its own; `turns` are read once it has stopped."""

    def __init__(self, app: Sanic, folder: Path, open_store: Callable[[], ConversationStore] | None = None) -> None:
        self._url = f"sqlite:///{folder / 'conversations.db'}"
        self.broker = ConversationBroker(Recorder(open_store or self._open, grace=0.2))
        self.bot = Bot(app, folder / "trackers.db", self.broker)

    def _open(self) -> ConversationStore:
        return ConversationStore(self._url)

    async def turns(self) -> list[dict[str, Any]]:
        await self.broker.close()
        store = self._open()
        with store.reading() as connection:
            found = [dict(turn) for turn in turns_of(connection, "cuoc-1")]
        store.close()
        return found


async def test_each_turn_is_recorded_once(app: Sanic, tmp_path: Path) -> None:
    watched = Watched(app, tmp_path)
    for message, text in (("id-1", "xin chào"), ("id-1", "xin chào"), ("id-2", "còn gì nữa")):
        await watched.bot.hear(message, text)
    turns = await watched.turns()
    assert [(turn["message"], turn["said"], turn["intent"], turn["model"]) for turn in turns] == [
        ("id-1", "xin chào", "hoi", "model"),
        ("id-2", "còn gì nữa", "hoi", "model"),
    ]


async def test_a_broken_store_costs_no_citizen_an_answer(app: Sanic, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> ConversationStore:
        raise PermissionError("no such folder")

    watched = Watched(app, tmp_path, broken)
    assert await watched.bot.hear("id-1", "bí mật của tôi") == REPLIES
    await watched.broker.close()
    assert "PermissionError" in caplog.text
    assert "bí mật" not in caplog.text


async def test_an_event_that_cannot_be_read_is_a_line_in_the_log(
    app: Sanic, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watched = Watched(app, tmp_path)
    for event in ({"event": "user", "sender_id": "cuoc-1", "text": "bí mật"}, {"event": "action", "name": "action_listen"}):
        watched.broker.publish({"sender_id": "cuoc-1", **event})
    assert await watched.bot.hear("id-1") == REPLIES
    assert [turn["message"] for turn in await watched.turns()] == ["id-1"]
    assert "KeyError" in caplog.text and "bí mật" not in caplog.text


async def test_what_staff_only_try_is_not_recorded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'conversations.db'}"
    broker = ConversationBroker(Recorder(lambda: ConversationStore(url)))
    broker.publish({"sender_id": f"{REPLAYED}1", "event": "user", "text": "xin chào", "message_id": "id-1", "timestamp": 1.0})
    broker.publish({"sender_id": f"{REPLAYED}1", "event": "action", "name": "action_listen"})
    await broker.close()
    store = ConversationStore(url)
    with store.reading() as connection:
        assert turns_of(connection, f"{REPLAYED}1") == ()
    store.close()
