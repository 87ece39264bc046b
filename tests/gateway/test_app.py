import asyncio
from collections.abc import AsyncIterator

import pytest

from gateway.app import create_app
from gateway.guard import MAX_BODY
from motcua.settings import load_settings
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway

ROUTES = [
    ("GET", "/"),
    ("POST", "/"),
    ("POST", "/erase"),
    ("GET", "/static/page.css"),
    ("GET", "/health"),
    ("POST", "/api/conversations"),
    ("POST", "/api/messages"),
    ("GET", "/api/messages/tin-nhan-1"),
    ("GET", "/khong-co"),
    ("DELETE", "/"),
]


@pytest.mark.parametrize("method, path", ROUTES)
async def test_every_answer_carries_the_security_headers(open_gateway: OpenGateway, method: str, path: str) -> None:
    async with open_gateway(FakeBot()) as client:
        headers = (await client.request(method, path, follow_redirects=False)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


async def test_a_conversation_is_kept_by_no_cache(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        assert (await client.get("/")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/api/messages", "/api/conversations", "/erase"])
async def test_a_body_too_big_for_a_question_is_refused_in_words(open_gateway: OpenGateway, path: str) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        response = await client.post(path, content=b"x" * (MAX_BODY + 1))
    assert response.status_code == 413
    assert "quá lớn" in response.text
    assert "content-security-policy" in response.headers
    assert bot.heard == []


async def chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(0, size, 1000):
        yield b" " * 1000


async def test_a_body_in_chunks_is_taken_in(open_gateway: OpenGateway) -> None:
    async def said() -> AsyncIterator[bytes]:
        yield b'{"id": "tin-nhan-1", '
        yield b'"text": "khai sinh"}'

    async with open_gateway(FakeBot()) as client:
        token = (await client.post("/api/conversations")).json()["conversation"]
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        response = await client.post("/api/messages", content=said(), headers=headers)
    assert response.status_code == 200
    assert response.json()["replies"][0]["text"] == "Đã nhận: khai sinh"


@pytest.mark.parametrize("path", ["/api/messages", "/api/conversations"])
async def test_a_body_in_chunks_is_counted(open_gateway: OpenGateway, path: str) -> None:
    async with open_gateway(FakeBot()) as client:
        response = await client.post(path, content=chunks(MAX_BODY + 1000))
    assert response.status_code == 413
    assert "quá lớn" in response.text


@pytest.mark.parametrize("length", ["-1", "nhieu", "1e9", "²".encode("latin-1")])
async def test_a_length_that_is_none_is_refused(open_gateway: OpenGateway, length: str | bytes) -> None:
    async with open_gateway(FakeBot()) as client:
        assert (await client.post("/api/conversations", headers={"Content-Length": length})).status_code == 413


def test_a_gateway_without_a_secret_does_not_start(tmp_path) -> None:
    with pytest.raises(ValueError, match="MOTCUA_SECRET"):
        create_app(load_settings({"MOTCUA_VAR": str(tmp_path)}), FakeBot().client())


async def test_a_gateway_that_stops_keeps_what_is_unanswered(
    open_gateway: OpenGateway, inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.webchat.WAIT_SECONDS", 0.01)
    async with open_gateway(FakeBot(gate=asyncio.Event())) as client:
        await client.post("/", data={"text": "khai sinh"})
    assert [message.text for message in inbox.waiting()] == ["khai sinh"]
