"""The console in a real browser: served by this process, with people of every kind in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pyotp
import pytest
from fastapi import FastAPI
from itsdangerous import Signer
from playwright.sync_api import Browser, Page

from console.app import create_app
from console.people.second_factor import SecondFactor
from console.people.sessions import Stage
from console.roles import Role
from console.settings import load_console_settings
from tests.browser.conftest import PATIENCE
from tests.console.fake_gateway import FakeGateway
from tests.fake_zalo.server import serving

PASSWORD = "cầu vồng mùa gặt 7 con trâu"
OpenAs = Callable[..., Page]


@dataclass(frozen=True)
class Console:
    """Where it is, what is inside, and the gateway behind it."""

    url: str
    app: FastAPI
    gateway: FakeGateway

    def number(self, login: str) -> int:
        return int(self.app.state.directory.by_login(login).id)

    def hire(self, login: str, role: Role, name: str) -> str:
        """Somebody new; returns the path of the link that lets them in."""
        token = self.app.state.directory.invite(login, name=name, role=role, by="test")
        return f"/welcome/{token}"

    def cookie(self, login: str, stage: Stage = Stage.WHOLE) -> Any:
        """The cookie of a new session."""
        state = self.app.state
        with state.foundation.database.writing() as connection:
            token = state.sessions.begin(connection, self.number(login), stage)
        signed = Signer(state.settings.secret, salt="console.visitor").sign(token).decode()
        return {"name": "console", "value": signed, "url": self.url}

    def give_code(self, login: str) -> str:
        """Sets a second factor up; returns its secret."""
        foundation, secret = self.app.state.foundation, pyotp.random_base32()
        with foundation.database.writing() as connection:
            offer = foundation.keys.encrypt(f"{self.number(login)}:{secret}")
            code = pyotp.TOTP(secret).at(foundation.clock())
            assert SecondFactor(foundation.keys).accept(connection, self.number(login), offer, code, at=foundation.clock())
        return secret


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    gateway = FakeGateway()
    environment = {
        "MOTCUA_VAR": str(tmp_path_factory.mktemp("console")),
        "MOTCUA_CONSOLE_SECRET": "secret of a browser test " * 2,
        "MOTCUA_SECOND_FACTOR_FOR": "",
    }
    client = httpx.Client(transport=httpx.MockTransport(gateway), base_url="http://gateway")
    app = create_app(load_console_settings(environment), gateway=client)
    with serving(app) as url:
        running = Console(url, app, gateway)
        running.hire("root", Role.ADMINISTRATOR, "Trần Văn Quản")
        running.hire("khoa", Role.EDITOR, "Lê Thị Khóa")
        running.hire("moi", Role.VOLUNTEER, "Phạm Mới Vào")
        with app.state.foundation.database.writing() as connection:
            app.state.signing_in.by_link(connection, app.state.directory.by_login("root"), PASSWORD)
        app.state.directory.deactivate(app.state.directory.by_login("khoa"), by="root")
        yield running


@pytest.fixture
def open_as(browser: Browser, console: Console) -> Iterator[OpenAs]:
    """Opens a page as somebody: `open_as("root", "/people", java_script_enabled=False)`; login None is nobody."""
    contexts = []

    def opened(login: str | None, path: str = "/", stage: Stage = Stage.WHOLE, **options: Any) -> Page:
        context = browser.new_context(base_url=console.url, locale="vi-VN", **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if login:
            context.add_cookies([console.cookie(login, stage)])
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    console.gateway.is_away = False
    console.gateway.switch |= {"is_off": False}
    for context in contexts:
        context.close()
