"""A fake Zalo in the same process, and the connectors' parts on a temporary database."""

import os
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry

from gateway.database import Database
from gateway.zalo.brakes import Brakes
from gateway.zalo.metrics import ZaloMetrics
from gateway.zalo.oa_api import OpenApi
from gateway.zalo.oa_channel import OfficialAccountChannel
from gateway.zalo.oauth import OAuth
from gateway.zalo.progress import Progress
from gateway.zalo.tables import create_tables
from gateway.zalo.token_store import TokenStore
from gateway.zalo.tokens import Tokens
from tests.fake_zalo.server import fake_zalo_app
from tests.fake_zalo.world import Account, World
from tests.gateway.zalo.bench import APP, FAKE, KEY, OA, PERSON, Clock, MakeSender, Sender, settings_for

collect_ignore = [] if os.environ.get("SHARED_DATA") else ["test_zalo_samples.py"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(clock)


@pytest.fixture
def account(world: World, clock: Clock) -> Account:
    """Our account, to which a citizen has just written."""
    found = world.account(OA, app_id=APP)
    world.person(PERSON).last_interaction[OA] = clock()
    return found


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(fake_zalo_app(world))) as opened:
        yield opened


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def make_sender(
    world: World, client: httpx.AsyncClient, database: Database, clock: Clock, registry: CollectorRegistry
) -> MakeSender:
    """Builds the way out, connected to each of the accounts given."""
    create_tables(database)
    metrics = ZaloMetrics(registry)

    def make(*accounts: Account, is_connected: bool = True, **fields: Any) -> Sender:
        settings, store = settings_for(**fields), TokenStore(database, KEY, clock)
        tokens = Tokens(settings, store, OAuth(client, FAKE), metrics=metrics, clock=clock)
        for account in accounts if is_connected else ():
            pair = world.issue(account)
            store.write(account.oa_id, pair["access_token"], pair["refresh_token"])
        api, brakes = OpenApi(client, FAKE), Brakes(metrics, clock)
        channel = OfficialAccountChannel(settings, tokens, api, Progress(database), brakes=brakes, clock=clock)
        return Sender(channel, tokens, store)

    return make
