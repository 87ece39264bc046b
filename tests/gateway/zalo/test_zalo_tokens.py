"""Tokens: fresh before they expire, refreshed once however many ask, and never lost between Zalo and us."""

import httpx
import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select

from gateway.database import Database
from gateway.zalo.oauth import OAuth
from gateway.zalo.tables import TOKENS
from gateway.zalo.token_store import LEASE_SECONDS, TokenStore
from gateway.zalo.tokens import NoToken
from tests.fake_zalo.world import DAY, HOUR, Account, World
from tests.gateway.zalo.bench import OA, OTHER_OA, Clock, MakeSender, at_once


async def test_a_token_is_used_until_it_is_twenty_hours_old(
    world: World, account: Account, make_sender: MakeSender, clock: Clock
) -> None:
    tokens = make_sender(account).tokens
    first = await tokens.current(OA)
    clock.advance(19 * HOUR)
    assert await tokens.current(OA) == first
    clock.advance(2 * HOUR)
    second = await tokens.current(OA)
    assert second != first
    assert await tokens.current(OA) == second
    assert world.refreshes == 1


async def test_two_processes_refresh_once(world: World, account: Account, make_sender: MakeSender, clock: Clock) -> None:
    here, there = make_sender(account).tokens, make_sender().tokens
    clock.advance(21 * HOUR)
    found = await at_once(*(tokens.current(OA) for tokens in (here, there) * 5))
    assert world.refreshes == 1
    assert all(isinstance(one, str) or one.reason == "being_refreshed" for one in found)
    assert await here.current(OA) == await there.current(OA) == list(account.access_tokens)[-1]


async def test_a_token_somebody_else_has_replaced_is_not_replaced_again(
    world: World, account: Account, make_sender: MakeSender
) -> None:
    here, there = make_sender(account).tokens, make_sender().tokens
    refused = await here.current(OA)
    assert await there.replace(OA, refused) == await here.replace(OA, refused)
    assert world.refreshes == 1


async def test_the_new_pair_is_kept_before_it_is_used(account: Account, make_sender: MakeSender, clock: Clock) -> None:
    sender = make_sender(account)
    clock.advance(21 * HOUR)
    used = await sender.tokens.current(OA)
    pair = sender.store.read(OA)
    assert pair is not None
    assert (pair.access, account.refresh_tokens[pair.refresh]) == (used, True)


async def test_a_dead_process_holds_up_a_refresh_for_a_minute_only(
    account: Account, make_sender: MakeSender, clock: Clock
) -> None:
    sender = make_sender(account)
    clock.advance(21 * HOUR)
    pair = sender.store.read(OA)
    assert pair is not None
    assert sender.store.lease(OA, pair)
    with pytest.raises(NoToken) as missing:
        await sender.tokens.current(OA)
    assert not missing.value.is_alarm
    clock.advance(LEASE_SECONDS + 1)
    assert await sender.tokens.current(OA) == list(account.access_tokens)[-1]


async def test_a_dead_consent_is_an_alarm_and_zalo_is_asked_no_more(
    account: Account, make_sender: MakeSender, clock: Clock, registry: CollectorRegistry
) -> None:
    tokens = make_sender(account).tokens
    account.refresh_tokens.clear()
    clock.advance(21 * HOUR)
    for _ in range(2):
        assert await tokens.current(OA) in account.access_tokens  # good for hours yet
        assert registry.get_sample_value("motcua_zalo_consent_needed", {"account": OA}) == 1
    clock.advance(5 * HOUR)
    with pytest.raises(NoToken) as missing:
        await tokens.current(OA)
    assert (missing.value.reason, missing.value.is_alarm) == ("consent_dead", True)


async def test_an_account_connected_again_is_fine(
    world: World, account: Account, make_sender: MakeSender, clock: Clock, registry: CollectorRegistry
) -> None:
    sender = make_sender(account)
    account.refresh_tokens.clear()
    clock.advance(26 * HOUR)
    with pytest.raises(NoToken):
        await sender.tokens.current(OA)
    pair = world.issue(account)
    sender.store.write(OA, pair["access_token"], pair["refresh_token"])
    assert await sender.tokens.current(OA) == pair["access_token"]
    assert registry.get_sample_value("motcua_zalo_consent_needed", {"account": OA}) == 0


async def test_zalo_out_of_reach_is_no_alarm_and_the_pair_stays(
    account: Account, make_sender: MakeSender, clock: Clock
) -> None:
    def refusing(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    sender = make_sender(account)
    working = sender.tokens._oauth
    sender.tokens._oauth = OAuth(httpx.AsyncClient(transport=httpx.MockTransport(refusing)), "http://zalo.test")
    clock.advance(21 * HOUR)
    old = await sender.tokens.current(OA)
    clock.advance(5 * HOUR)
    with pytest.raises(NoToken) as missing:
        await sender.tokens.current(OA)
    assert not missing.value.is_alarm
    sender.tokens._oauth = working
    assert await sender.tokens.current(OA) != old


async def test_an_idle_account_keeps_its_consent(world: World, account: Account, make_sender: MakeSender, clock: Clock) -> None:
    tokens = make_sender(account).tokens  # the second account of the settings was never connected, and holds up nothing
    for _ in range(120):
        clock.advance(DAY)
        await tokens.refresh_old()
    assert world.refreshes == 120
    assert await tokens.current(OA) == list(account.access_tokens)[-1]


def test_tokens_lie_encrypted_and_another_key_does_not_read_them(
    account: Account, make_sender: MakeSender, database: Database, clock: Clock
) -> None:
    make_sender(account)
    with database.reading() as connection:
        (row,) = connection.execute(select(TOKENS)).mappings().all()
    assert not any(token in str(dict(row)) for token in (*account.access_tokens, *account.refresh_tokens))
    assert TokenStore(database, "another key, just as long as the first", clock).read(OA) is None
    assert TokenStore(database, "any", clock).read(OTHER_OA) is None
