"""A console with people of every kind in it, served by this process before a small gateway."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pyotp
from fastapi import FastAPI
from itsdangerous import Signer

from console.app import create_app
from console.people.second_factor import SecondFactor
from console.people.sessions import Stage
from console.roles import Role
from console.settings import load_console_settings
from motcua.procedures.catalogue.portal import read_portal
from motcua.procedures.catalogue.store import write_catalogue
from tests.console.checkouts import make_checkout
from tests.console.fake_gateway import FakeGateway
from tests.fake_zalo.server import serving
from tests.motcua.catalogue_samples import portal_facts

PASSWORD = "cầu vồng mùa gặt 7 con trâu"


@dataclass(frozen=True)
class Console:
    """Where it is, what is inside, and the gateway behind it."""

    url: str
    app: FastAPI
    gateway: FakeGateway

    def number(self, login: str) -> int:
        return int(self.app.state.directory.by_login(login).id)

    def hire(self, login: str, role: Role, name: str, place: str = "") -> str:
        """Somebody new; returns the path of the link that lets them in."""
        token = self.app.state.directory.invite(login, name=name, role=role, place=place, by="root")
        return f"/welcome/{token}"

    def cookie(self, login: str, stage: Stage = Stage.WHOLE) -> Any:
        """The cookie of a new session."""
        state = self.app.state
        with state.foundation.database.writing() as connection:
            token = state.sessions.begin(connection, self.number(login), stage)
        signed = Signer(state.settings.secret, salt="console.visitor").sign(token).decode()
        return {"name": "console", "value": signed, "url": self.url}

    def give_password(self, login: str) -> None:
        state = self.app.state
        with state.foundation.database.writing() as connection:
            state.signing_in.by_link(connection, state.directory.by_login(login), PASSWORD)

    def give_code(self, login: str) -> str:
        """Sets a second factor up; returns its secret."""
        foundation, person, secret = self.app.state.foundation, self.number(login), pyotp.random_base32()
        offer, now = foundation.keys.encrypt(f"{person}:{secret}"), foundation.clock()
        with foundation.database.writing() as connection:
            assert SecondFactor(foundation.keys).accept(connection, person, offer, pyotp.TOTP(secret).at(now), at=now)
        return secret


@contextmanager
def running_console(var: Path, real: httpx.Client | None = None, **settings: str) -> Iterator[Console]:
    """Serves it for as long as it is needed, before a real gateway where there is one."""
    gateway = FakeGateway()
    # A record that says other things than the guide of that code.
    write_catalogue(var / "catalogue", [read_portal(portal_facts(ma_thu_tuc="1.001193"), "2026-07-20")], {}, "")
    environment = {
        "MOTCUA_GUIDES_CHECKOUT": str(make_checkout(var / "checkout")),
        "MOTCUA_VAR": str(var),
        "MOTCUA_CONSOLE_SECRET": "secret of a browser test " * 2,
        "MOTCUA_SECOND_FACTOR_FOR": "",
        **settings,
    }
    client = real or httpx.Client(transport=httpx.MockTransport(gateway), base_url="http://gateway")
    app = create_app(load_console_settings(environment), gateway=client)
    with serving(app) as url:
        console = Console(url, app, gateway)
        console.hire("root", Role.ADMINISTRATOR, "Trần Văn Quản")
        console.give_password("root")
        console.hire("khoa", Role.EDITOR, "Lê Thị Khóa")
        console.app.state.directory.deactivate(console.app.state.directory.by_login("khoa"), by="root")
        console.hire("moi", Role.VOLUNTEER, "Phạm Mới Vào")
        yield console
