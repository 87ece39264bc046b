"""A whole console on a database that is thrown away, with a clock of the test and a small gateway behind it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from console.app import create_app
from console.people.sessions import Stage
from console.roles import Role
from console.settings import ConsoleSettings, load_console_settings
from tests.console.browsing import Browser
from tests.console.fake_gateway import FakeGateway
from tests.postgres import running_postgres

OpenConsole = Callable[..., AbstractAsyncContextManager["Console"]]


class Clock:
    """Seconds since 1970, which pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Console:
    """The running console, and browsers before it."""

    app: FastAPI
    clock: Clock
    gateway: FakeGateway
    url: str = "http://console"
    opened: list[httpx.AsyncClient] = field(default_factory=list)

    def browser(self, token: str | None = None, address: str = "127.0.0.1") -> Browser:
        """A new browser; with a token, one that is signed in."""
        transport = httpx.ASGITransport(self.app, client=(address, 1))
        self.opened.append(httpx.AsyncClient(transport=transport, base_url=self.url, follow_redirects=True))
        return Browser(self.opened[-1], self.app, token)

    def hire(self, login: str, role: Role, name: str = "") -> int:
        """Somebody who was invited; returns their number."""
        self.app.state.directory.invite(login, name=name or login, role=role, by="test")
        return int(self.app.state.directory.by_login(login).id)

    def session(self, person: int, stage: Stage = Stage.WHOLE) -> str:
        """The token of a new session."""
        with self.app.state.foundation.database.writing() as connection:
            return str(self.app.state.sessions.begin(connection, person, stage))

    def signed_in(self, login: str, role: Role) -> Browser:
        """Somebody new, signed in."""
        return self.browser(self.session(self.hire(login, role)))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Without a second factor for administrators: the tests about it ask for it."""
    return {"MOTCUA_VAR": str(tmp_path), "MOTCUA_CONSOLE_SECRET": "secret of a test " * 3, "MOTCUA_SECOND_FACTOR_FOR": ""}


@pytest.fixture
def settings(environment: dict[str, str]) -> ConsoleSettings:
    return load_console_settings(environment)


@pytest.fixture
def open_console(environment: dict[str, str], clock: Clock) -> OpenConsole:
    """Opens the app: `async with open_console(MOTCUA_SECOND_FACTOR_FOR="administrator") as console`."""

    @asynccontextmanager
    async def opened(url: str = "http://console", **more: str) -> AsyncIterator[Console]:
        gateway = FakeGateway()
        client = httpx.Client(transport=httpx.MockTransport(gateway), base_url="http://gateway")
        app = create_app(load_console_settings({**environment, **more}), clock=clock, gateway=client)
        console = Console(app, clock, gateway, url)
        async with app.router.lifespan_context(app):
            yield console
            for browser in console.opened:
                await browser.aclose()

    return opened


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address of each kind of database."""
    return f"sqlite:///{tmp_path}/console.db" if request.param == "sqlite" else request.getfixturevalue("postgres")
