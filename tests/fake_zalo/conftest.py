"""The fake Zalo, served, for clients that others wrote."""

from collections.abc import Iterator

import pytest

from tests.fake_zalo.server import fake_zalo_app, serving
from tests.fake_zalo.world import Account, World
from tests.gateway.zalo.bench import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(clock)


@pytest.fixture
def url(world: World) -> Iterator[str]:
    with serving(fake_zalo_app(world)) as address:
        yield address


@pytest.fixture
def account(world: World, clock: Clock) -> Account:
    found = world.account("92000000000000002", app_id="500100200300400500")
    world.person("81000000000000001").last_interaction[found.oa_id] = clock()
    return found
