from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from gateway.app import create_app
from motcua.settings import Settings
from tests.fakes import FakeBot
from tests.ports import free_port
from tests.postgres import running_postgres


@asynccontextmanager
async def _client(settings: Settings, address: str):
    app = create_app(settings, FakeBot().client())
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            yield client


async def test_this_machine_reads_the_counters_and_no_personal_data(settings: Settings) -> None:
    async with _client(settings, "127.0.0.1") as client:
        token = (await client.post("/api/conversations")).json()["conversation"]
        said = {"id": "tin-nhan-1", "text": "bí mật của tôi"}
        await client.post("/api/messages", json=said, headers={"Authorization": f"Bearer {token}"})
        page = await client.get("/metrics")
    assert page.headers["content-type"].startswith("text/plain")
    assert 'motcua_gateway_messages_total{channel="web",state="answered"} 1.0' in page.text
    assert "bí mật" not in page.text


@pytest.mark.parametrize(
    "address, headers",
    [("203.0.113.7", {}), ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}), ("127.0.0.1", {"Forwarded": "x"})],
)
async def test_nobody_else_does(settings: Settings, address: str, headers: dict[str, str]) -> None:
    async with _client(settings, address) as client:
        assert (await client.get("/metrics", headers=headers)).status_code == 404


@pytest.mark.parametrize("given, status", [("Bearer secret-token", 200), ("Bearer other", 404), ("", 404)])
async def test_with_a_token_set_the_token_counts(settings: Settings, given: str, status: int) -> None:
    async with _client(replace(settings, metrics_token="secret-token"), "203.0.113.7") as client:
        headers = {"Authorization": given}
        assert (await client.get("/metrics", headers=headers)).status_code == status


async def test_it_is_ready_with_its_database_and_says_whether_the_bot_is_there(settings: Settings) -> None:
    async with _client(settings, "127.0.0.1") as client:
        ready = await client.get("/ready")
    assert (ready.status_code, ready.json()) == (200, {"database": True, "bot": True})


async def test_without_the_bot_it_is_ready_since_messages_wait(settings: Settings) -> None:
    app = create_app(settings, httpx.AsyncClient(base_url=f"http://127.0.0.1:{free_port()}"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as client:
        ready = await client.get("/ready")
    assert (ready.status_code, ready.json()) == (200, {"database": True, "bot": False})
    app.state.database.close()


async def test_without_its_database_it_is_not_ready(settings: Settings) -> None:
    with running_postgres() as url:
        app = create_app(replace(settings, database_url=url), FakeBot().client())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as client:
        ready = await client.get("/ready")
    assert (ready.status_code, ready.json()["database"]) == (503, False)
    app.state.database.close()
