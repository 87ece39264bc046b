"""The channel as the gateway meets it: over HTTP on loopback, with a stand-in for Rasa behind it."""

import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.channels.gateway import GatewayInput

pytestmark = pytest.mark.asyncio(loop_scope="module")
TOKEN = "a token of the bot's own"


class StandIn:
    """Hears what Rasa would be given, and then does what a test wants."""

    def __init__(self) -> None:
        self.heard: list[UserMessage] = []
        self.answer: Callable[[UserMessage], Awaitable[None]] | None = None

    async def __call__(self, message: UserMessage) -> None:
        self.heard.append(message)
        if self.answer:
            await self.answer(message)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running() -> AsyncIterator[tuple[StandIn, str]]:
    """One server for all tests: Sanic rewrites its own classes when it starts, and can't do so twice in a process."""
    rasa, channel = StandIn(), GatewayInput.from_credentials({"token": TOKEN})
    app = Sanic("bot")
    app.config.MOTD = False
    app.blueprint(channel.blueprint(rasa), url_prefix=f"/webhooks/{channel.url_prefix()}")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.start_serving()
        yield rasa, f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks/gateway"
        await server.close()


@pytest.fixture
def rasa(running: tuple[StandIn, str]) -> StandIn:
    rasa = running[0]
    rasa.heard, rasa.answer = [], None
    return rasa


@pytest_asyncio.fixture(loop_scope="module")
async def client(running: tuple[StandIn, str]) -> AsyncIterator[httpx.AsyncClient]:
    """A client without the token."""
    async with httpx.AsyncClient(base_url=running[1]) as client:
        yield client


@pytest.fixture
def gateway(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client with the token, as the gateway is."""
    client.headers["Authorization"] = f"Bearer {TOKEN}"
    return client


def _turn(text: str = "con mới sinh cần làm gì", **facts: Any) -> dict[str, Any]:
    return {"conversation": "cuoc-1", "text": text, **facts}


async def _fail(message: UserMessage) -> None:
    raise RuntimeError(f"the model broke on {message.text}")


async def test_the_process_says_that_it_is_up(client: httpx.AsyncClient) -> None:
    assert (await client.get("/")).json() == {"status": "ok"}


@pytest.mark.parametrize(
    "given", [None, "", "Bearer", "Bearer wrong", TOKEN, f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer mã"]
)
async def test_without_the_token_nothing_is_heard(rasa: StandIn, client: httpx.AsyncClient, given: str | None) -> None:
    headers = {} if given is None else {"Authorization": given.encode()}
    response = await client.post("/turns", json=_turn(), headers=headers)
    assert (response.status_code, rasa.heard) == (401, [])


@pytest.mark.parametrize("credentials", [None, {}, {"token": ""}, {"token": "short"}])
async def test_a_channel_without_a_real_token_does_not_start(credentials: dict[str, Any] | None) -> None:
    with pytest.raises(ValueError, match="MOTCUA_BOT_TOKEN"):
        GatewayInput.from_credentials(credentials)


async def test_text_conversation_and_metadata_arrive(rasa: StandIn, gateway: httpx.AsyncClient) -> None:
    await gateway.post("/turns", json=_turn(metadata={"channel": "web"}))
    (message,) = rasa.heard
    assert (message.text, message.sender_id, message.metadata) == ("con mới sinh cần làm gì", "cuoc-1", {"channel": "web"})


@pytest.mark.parametrize(
    "typed, heard",
    [
        ("/restart", "restart"),
        ("/session_start", "session_start"),
        (' / /greet{"x": 1}', 'greet{"x": 1}'),
        ("//start_over", "start_over"),
        ("nộp 1/11", "nộp 1/11"),
    ],
)
async def test_a_slash_typed_by_a_citizen_is_no_command(
    rasa: StandIn, gateway: httpx.AsyncClient, typed: str, heard: str
) -> None:
    await gateway.post("/turns", json=_turn(typed))
    assert [message.text for message in rasa.heard] == [heard]


@pytest.mark.parametrize("signal", ["send_attachment", "send_nothing", "send_too_much"])
async def test_a_signal_of_the_gateway_becomes_an_intent(rasa: StandIn, gateway: httpx.AsyncClient, signal: str) -> None:
    await gateway.post("/turns", json={"conversation": "cuoc-1", "signal": signal})
    assert [message.text for message in rasa.heard] == [f"/{signal}"]


async def test_a_signal_nobody_knows_is_no_command(rasa: StandIn, gateway: httpx.AsyncClient) -> None:
    response = await gateway.post("/turns", json={"conversation": "cuoc-1", "signal": "restart"})
    assert (response.status_code, rasa.heard) == (500, [])


async def test_every_reply_comes_back_whole_and_in_order(rasa: StandIn, gateway: httpx.AsyncClient) -> None:
    replies = [{"text": "Đăng ký khai sinh", "status": "answered_from_guide", "sections": ["fee"]}, {"text": "Mẹo"}]

    async def answer(message: UserMessage) -> None:
        for reply in replies:
            await message.output_channel.send_response("cuoc-1", {**reply, "buttons": [], "image": None, "custom": {}})

    rasa.answer = answer
    response = await gateway.post("/turns", json=_turn())
    assert (response.status_code, response.json()) == (200, {"replies": replies})


async def test_a_turn_without_a_reply_comes_back_empty(rasa: StandIn, gateway: httpx.AsyncClient) -> None:
    assert (await gateway.post("/turns", json=_turn())).json() == {"replies": []}


async def test_a_failing_turn_answers_500_without_what_was_typed(rasa: StandIn, gateway: httpx.AsyncClient) -> None:
    rasa.answer = _fail
    response = await gateway.post("/turns", json=_turn("bí mật của tôi"))
    assert response.status_code == 500
    assert "bí mật" not in response.text


async def test_a_failing_turn_is_logged_by_its_conversation_without_what_was_typed(
    rasa: StandIn, gateway: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rasa.answer = _fail
    await gateway.post("/turns", json=_turn("bí mật của tôi"))
    assert "cuoc-1: RuntimeError" in caplog.text
    assert "bí mật" not in caplog.text


async def test_a_failing_turn_leaves_the_next_one_alone(rasa: StandIn, gateway: httpx.AsyncClient) -> None:
    rasa.answer = _fail
    await gateway.post("/turns", json=_turn())
    rasa.answer = None
    assert (await gateway.post("/turns", json=_turn())).status_code == 200
