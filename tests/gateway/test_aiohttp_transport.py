"""The way to the bot, against a real server on loopback."""

import gzip
from collections.abc import AsyncIterator

import httpx
import pytest
from aiohttp import web

from gateway.aiohttp_transport import AiohttpTransport
from tests.ports import free_port


async def _echo(request: web.Request) -> web.Response:
    said = await request.json()
    return web.json_response({"said": said, "token": request.headers["Authorization"]}, status=202)


async def _packed(_: web.Request) -> web.Response:
    return web.Response(body=gzip.compress("Đã nhận".encode()), headers={"Content-Encoding": "gzip"})


async def _hang_up(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app, port = web.Application(), free_port()
    app.add_routes([web.post("/turns", _echo), web.get("/packed", _packed), web.get("/gone", _hang_up)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    headers = {"Authorization": "Bearer token"}
    transport = AiohttpTransport()
    async with httpx.AsyncClient(transport=transport, base_url=f"http://127.0.0.1:{port}", headers=headers) as opened:
        yield opened
    await runner.cleanup()


async def test_what_is_sent_arrives_and_what_is_answered_comes_back(client: httpx.AsyncClient) -> None:
    response = await client.post("/turns", json={"text": "khai sinh"})
    assert (response.status_code, response.json()["said"]) == (202, {"text": "khai sinh"})
    assert response.json()["token"].startswith("Bearer ")


async def test_a_packed_answer_is_read(client: httpx.AsyncClient) -> None:
    assert (await client.get("/packed")).text == "Đã nhận"


async def test_a_connection_that_breaks_is_told_as_httpx_tells_it(client: httpx.AsyncClient) -> None:
    with pytest.raises(httpx.TransportError):
        await client.get("/gone")


async def test_nobody_there_is_told_as_httpx_tells_it() -> None:
    async with httpx.AsyncClient(transport=AiohttpTransport(), base_url=f"http://127.0.0.1:{free_port()}") as client:
        with pytest.raises(httpx.TransportError):
            await client.get("/")
