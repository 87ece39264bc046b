import time

import httpx
import pytest

from gateway.bot_client import BotClient
from gateway.dispatcher import Dispatcher
from gateway.guard import MAX_BODY
from gateway.intake import take_in
from gateway.metrics import Metrics
from tests.fakes import FakeBot
from tests.gateway.conftest import running


@pytest.mark.parametrize("text", ["a", "0", "000.00.12."])
def test_ten_times_the_text_takes_about_ten_times_as_long(text: str) -> None:
    assert _seconds(text * 60_000) < 40 * _seconds(text * 6_000)  # a hundred times, where a pattern backtracks


def _seconds(text: str) -> float:
    began = time.process_time()
    for _ in range(3):
        take_in(text)
    return time.process_time() - began


async def test_a_body_of_unsaid_length_is_refused_too(open_gateway) -> None:
    async def body():
        for _ in range(3):
            yield b"text=" + b"a" * MAX_BODY + b"&"

    async with open_gateway(FakeBot()) as client:
        assert (
            await client.post("/", content=body(), headers={"Content-Type": "application/x-www-form-urlencoded"})
        ).status_code == 413


async def test_no_page_or_schema_tells_strangers_how_we_are_built(open_gateway) -> None:
    async with open_gateway(FakeBot()) as client:
        assert [(await client.get(path)).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]


async def test_half_an_emoji_is_refused_or_read_and_never_an_error(open_gateway) -> None:
    async with open_gateway(FakeBot()) as client:
        client._transport.raise_app_exceptions = False
        token = (await client.post("/api/conversations")).json()["conversation"]
        response = await client.post(
            "/api/messages",
            content='{"id": "tin-nhan-1", "text": "khai sinh \\ud83d"}',
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
    assert response.status_code in (200, 422)
    assert "content-security-policy" in response.headers


async def test_an_address_of_raw_bytes_is_refused_in_a_sentence(open_gateway) -> None:
    async with open_gateway(FakeBot()) as client:
        app = client._transport.app
        client._transport.app = lambda scope, *channels: app({**scope, "query_string": b"a=\xff"}, *channels)
        response = await client.get("/")
    assert response.status_code == 400
    assert "không đọc được" in response.json()["error"]


@pytest.mark.parametrize("body", [b"not json", b"{}", b"[]"])
async def test_a_reply_that_cannot_be_read_is_apologised_for(inbox, body: bytes) -> None:
    async def babble(_):
        return httpx.Response(200, content=body)

    client = httpx.AsyncClient(transport=httpx.MockTransport(babble), base_url="http://bot")
    texts = {"failed_actions": "…", "failed_internal": "…"}
    message = inbox.accept("cuoc-1", "web", "id-1", "khai sinh", None)
    async with running(Dispatcher(inbox, BotClient(client), texts, Metrics(), patience=0)) as dispatcher:
        answered = await dispatcher.submit(message)
    assert [reply["status"] for reply in answered.replies or ()] == ["failed_internal"]
