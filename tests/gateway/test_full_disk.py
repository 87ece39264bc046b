"""A database that takes nothing more, full or locked: who writes is told so, and loses nothing, nor does anybody before."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import event

from gateway.app import create_app
from motcua.settings import Settings
from tests.fakes import FakeBot
from tests.gateway.conftest import until

LONG = "khai sinh cho con " * 500  # more than the pages at hand take


class Gateway:
    """A running gateway, and one conversation with it."""

    def __init__(self, app: FastAPI, client: httpx.AsyncClient, token: str) -> None:
        self.app, self._client, self._headers = app, client, {"Authorization": f"Bearer {token}"}

    async def say(self, message_id: str, text: str, **headers: str) -> httpx.Response:
        said = {"id": message_id, "text": text}
        return await self._client.post("/api/messages", json=said, headers={**self._headers, **headers})

    @contextmanager
    def pragma(self, pragma: str) -> Iterator[None]:
        """Its connections have this setting meanwhile."""
        engine = self.app.state.database._engine

        def put(connection: sqlite3.Connection, _: object) -> None:
            connection.execute(f"PRAGMA {pragma}")

        event.listen(engine, "connect", put)
        engine.dispose()
        yield
        event.remove(engine, "connect", put)
        engine.dispose()


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot({"text": LONG, "status": "smalltalk"})


@pytest.fixture
async def gateway(settings: Settings, bot: FakeBot, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gateway]:
    monkeypatch.setattr("gateway.claims.LEASE_SECONDS", 0.01)  # what failed is taken up again at once
    app = create_app(settings, bot.client())
    transport = httpx.ASGITransport(app)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
        token = (await client.post("/api/conversations")).json()["conversation"]
        yield Gateway(app, client, token)


async def test_on_a_full_disk_a_message_is_refused_in_a_sentence_and_taken_once_there_is_room(gateway: Gateway) -> None:
    assert (await gateway.say("tin-nhan-0", "kết hôn")).status_code == 200
    with gateway.pragma("max_page_count=1"):  # SQLite makes of it: no page more than there are
        refused = await gateway.say("tin-nhan-1", LONG)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert "gửi lại sau ít phút" in refused.json()["detail"]
    taken = await gateway.say("tin-nhan-1", LONG)
    assert taken.json()["replies"][0]["status"] == "smalltalk"
    assert (await gateway.say("tin-nhan-0", "kết hôn")).json()["replies"], "what was answered before still is"


async def test_a_page_without_javascript_says_so_too(gateway: Gateway) -> None:
    with gateway.pragma("max_page_count=1"):
        page = await gateway.say("tin-nhan-1", LONG, accept="text/html")
    assert page.status_code == 503
    assert "gửi lại sau ít phút" in page.text and "<html" in page.text


async def test_while_sqlite_is_locked_a_message_is_refused_and_taken_afterwards(gateway: Gateway, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "gateway.db", isolation_level=None)
    with gateway.pragma("busy_timeout=0"):  # a gateway waits for half a minute
        other.execute("BEGIN IMMEDIATE")
        refused = await gateway.say("tin-nhan-1", "khai sinh")
        other.execute("COMMIT")
    other.close()
    assert refused.status_code == 503
    assert (await gateway.say("tin-nhan-1", "khai sinh")).json()["replies"][0]["status"] == "smalltalk"


async def test_an_answer_that_finds_no_room_is_given_when_there_is(gateway: Gateway, bot: FakeBot) -> None:
    with gateway.pragma("max_page_count=1"):
        waiting = await gateway.say("tin-nhan-1", "khai sinh", prefer="respond-async")
        await until(lambda: len(bot.heard) > 1)
    assert waiting.status_code == 202
    assert (await gateway.say("tin-nhan-1", "khai sinh")).json()["replies"][0]["text"] == LONG
    assert {turn["message"] for turn in bot.heard} == {"tin-nhan-1"}
