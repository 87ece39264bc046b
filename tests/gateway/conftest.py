"""A whole gateway on a temporary inbox, with the bot each test gives it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol, TypeVar

import httpx
import pytest

from gateway.app import create_app
from gateway.database import Database
from gateway.inbox import Inbox
from motcua.settings import Settings, load_settings
from tests.fakes import FakeBot

OpenGateway = Callable[[FakeBot], AbstractAsyncContextManager[httpx.AsyncClient]]


class Work(Protocol):
    """A dispatcher, a deliverer or an eraser."""

    def start(self) -> None: ...

    async def close(self) -> None: ...


Worked = TypeVar("Worked", bound=Work)


@asynccontextmanager
async def running(work: Worked) -> AsyncIterator[Worked]:
    """Starts it and stops it, as the app does."""
    work.start()
    try:
        yield work
    finally:
        await work.close()


async def until(happened: Callable[[], object]) -> None:
    """Waits for something that must happen."""
    async with asyncio.timeout(10):
        while not happened():
            await asyncio.sleep(0.001)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(
        {
            "MOTCUA_VAR": str(tmp_path),
            "MOTCUA_SECRET": "secret " * 6,
            "MOTCUA_BOT_TOKEN": "token " * 4,
            "MOTCUA_READS_PER_MINUTE": "100000",  # tests look again and again until something is there
        }
    )


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings.database_url)
    yield opened
    opened.close()


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database)


@pytest.fixture
def open_gateway(settings: Settings) -> OpenGateway:
    """Opens the app on the test's inbox: `async with open_gateway(bot) as client`; opened again, it is the next process."""

    @asynccontextmanager
    async def opened(bot: FakeBot) -> AsyncIterator[httpx.AsyncClient]:
        app = create_app(settings, bot.client())
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://gateway", follow_redirects=True) as client:
                yield client

    return opened
