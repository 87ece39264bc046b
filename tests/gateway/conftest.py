"""A whole gateway on a temporary inbox, with the bot each test gives it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from gateway.app import create_app
from gateway.database import Database
from gateway.inbox import Inbox
from motcua.settings import Settings, load_settings
from tests.fakes import FakeBot

OpenGateway = Callable[[FakeBot], AbstractAsyncContextManager[httpx.AsyncClient]]


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
