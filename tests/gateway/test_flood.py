"""Who writes or asks too much is told so, politely, and nobody else notices."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from gateway.app import create_app
from gateway.flood import Limits
from gateway.reception import Incoming
from motcua.settings import Settings
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway
from tests.ports import free_port
from tests.redis_server import running_redis

STORE = "async+memory://"
CITIZEN = "203.0.113.7"


async def _many(client: httpx.AsyncClient, count: int, **headers: str) -> list[httpx.Response]:
    body = {"text": "khai sinh"}
    sent = [{**body, "id": f"tin-nhan-{number}"} for number in range(count)]
    return [await client.post("/api/messages", json=message, headers=headers) for message in sent]


async def _token(client: httpx.AsyncClient) -> str:
    return f"Bearer {(await client.post('/api/conversations')).json()['conversation']}"


async def test_the_sixteenth_message_of_a_minute_is_refused_in_a_sentence_and_not_stored(
    open_gateway: OpenGateway, inbox
) -> None:
    async with open_gateway(FakeBot()) as client:
        responses = await _many(client, 16, Authorization=await _token(client))
    assert [response.status_code for response in responses] == [200] * 15 + [429]
    assert "chờ một phút" in responses[-1].json()["detail"]
    assert int(responses[-1].headers["retry-after"]) > 0
    assert inbox.claims.count("answered") == 15


async def test_another_person_at_the_same_address_is_still_heard(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        await _many(client, 16, Authorization=await _token(client))
        assert (await _many(client, 1, Authorization=await _token(client)))[0].status_code == 200


async def test_a_page_over_the_limit_says_so_as_a_page(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        for _ in range(17):  # the first opens the conversation
            page = await client.post("/", data={"text": "khai sinh"}, headers={"Accept": "text/html"})
    assert page.status_code == 429
    assert page.headers["content-type"].startswith("text/html")
    assert "chờ một phút" in page.text
    assert 'href="/"' in page.text


@pytest.mark.parametrize("kind, share", [("write", 3), ("read", 5)])
async def test_an_address_has_the_share_of_many_people(kind, share: int) -> None:
    limits = Limits(STORE, writes=3, reads=5)
    allowed = [await limits.allows(kind, address=CITIZEN) for _ in range(share * 20 + 1)]
    assert allowed == [True] * (share * 20) + [False]


async def test_a_proxy_that_hides_its_clients_is_not_taken_for_one() -> None:
    limits = Limits(STORE, writes=1, reads=1)
    assert all([await limits.allows("write", address="127.0.0.1") for _ in range(100)])


async def test_a_flood_by_push_is_answered_with_one_sentence_and_kept(settings: Settings) -> None:
    bot = FakeBot()
    app = create_app(replace(settings, writes_per_minute=3), bot.client())
    async with app.router.lifespan_context(app):
        for number in range(8):
            incoming = Incoming("cuoc-1", "zalo_oa", f"id-{number}", f"câu {number}", {"user_id": "1"}, "nguoi-1")
            await app.state.reception.receive(incoming)
        for message in app.state.inbox.transcript("cuoc-1")[:3]:
            await app.state.dispatcher.submit(message)
        kept = app.state.inbox.transcript("cuoc-1")
        counted = app.state.metrics.exposition().decode()
    assert [message.state for message in kept] == ["answered"] * 4 + ["ignored"] * 4
    assert kept[3].replies is not None and "chờ một phút" in kept[3].replies[0]["text"]
    assert [turn["text"] for turn in bot.heard] == ["câu 0", "câu 1", "câu 2"]
    assert 'motcua_gateway_messages_total{channel="zalo_oa",state="ignored"} 4.0' in counted


async def test_reading_has_a_limit_of_its_own() -> None:
    limits = Limits(STORE, writes=1, reads=2)
    assert await limits.allows("write", person="cuoc-1")
    assert [await limits.allows("read", person="cuoc-1") for _ in range(3)] == [True, True, False]


async def test_processes_share_what_they_count_in_redis() -> None:
    with running_redis() as url:
        one, other = (Limits(f"async+{url}", writes=2, reads=2) for _ in range(2))
        allowed = [await limits.allows("write", person="nguoi-1") for limits in (one, other, one, other)]
        await asyncio.gather(one.close(), other.close())
    assert allowed == [True, True, False, False]


async def test_while_the_shared_store_is_away_everybody_is_let_in() -> None:
    limits = Limits(f"async+redis://127.0.0.1:{free_port()}/0", writes=1, reads=1)
    assert all([await limits.allows("write", person="nguoi-1", address=CITIZEN) for _ in range(3)])
    assert await limits.judge("nguoi-1") == "allowed"
    await limits.close()
