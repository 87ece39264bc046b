"""A gateway with its Zalo connectors and a fake Zalo, both served on this machine, each believing the other to be real."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from gateway.app import create_app
from gateway.inbox import Message
from gateway.zalo import connectors
from gateway.zalo.connectors import Time
from motcua.settings import load_settings
from tests.fake_zalo.citizens import Citizens
from tests.fake_zalo.server import fake_zalo_app, serving
from tests.fake_zalo.world import Account, World
from tests.fakes import FakeBot
from tests.gateway.zalo.bench import Clock, fields_for


@dataclass
class Running:
    """What a test of the whole path looks into."""

    url: str
    world: World
    citizens: Citizens
    account: Account
    state: Any

    def metric(self, name: str, **labels: str) -> float:
        return self.state.metrics.registry.get_sample_value(name, labels) or 0.0

    def transcript(self) -> list[Message]:
        """All that is stored, of the one conversation a test has."""
        conversations = {message.conversation for message in self.state.inbox._rows()}
        assert len(conversations) <= 1
        return [message for conversation in conversations for message in self.state.inbox.transcript(conversation)]


@contextmanager
def running(
    folder: Path, bot: FakeBot, account: Account, world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch, **fields: Any
) -> Iterator[Running]:
    """Serves both, with an account that is connected, for as long as a test needs it."""
    with serving(fake_zalo_app(world)) as zalo_url:
        (folder / "zalo.yml").write_text(yaml.safe_dump(fields_for(zalo_url, **fields)))
        environment = {"MOTCUA_VAR": str(folder), "MOTCUA_SECRET": "secret " * 6, "MOTCUA_BOT_TOKEN": "token " * 4}
        settings = load_settings({**environment, "MOTCUA_CONNECTORS": "gateway.zalo.connectors"})
        with monkeypatch.context() as patched:
            patched.setattr(connectors, "connect", partial(connectors.connect, time=Time(clock, asyncio.sleep)))
            app = create_app(settings, bot.client())
        pair = world.issue(account)
        store = connectors.TokenStore(app.state.database, fields_for(zalo_url)["key"], clock)
        store.write(account.oa_id, pair["access_token"], pair["refresh_token"])
        with serving(app) as url, httpx.Client(timeout=20) as client:
            account.app.webhook = f"{url}/zalo/oa"
            yield Running(url, world, Citizens(world, client), account, app.state)
