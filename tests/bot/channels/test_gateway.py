"""The channel as the gateway meets it: over HTTP, with what Rasa would do standing behind it."""

import logging
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.channels.gateway import GatewayInput

TOKEN = "a token of the bot's own"
Turn = Callable[[UserMessage], Awaitable[Any]]


@asynccontextmanager
async def _bot(on_new_message: Turn, token: str | None = TOKEN) -> AsyncIterator[httpx.AsyncClient]:
    """A real server on loopback, and a client with that token."""
    channel = GatewayInput.from_credentials({"token": TOKEN})
    app = Sanic(f"bot_{uuid.uuid4().hex}")  # Sanic wants each app of a process named differently
    app.blueprint(channel.blueprint(on_new_message), url_prefix=f"/webhooks/{channel.url_prefix()}")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.start_serving()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks/gateway"
        headers = {} if token is None else {"Authorization": f"Bearer {token}".encode()}
        try:
            async with httpx.AsyncClient(base_url=address, headers=headers) as client:
                yield client
        finally:
            server.close()


class Heard:
    """What Rasa would be given."""

    def __init__(self) -> None:
        self.messages: list[UserMessage] = []

    async def __call__(self, message: UserMessage) -> None:
        self.messages.append(message)


async def _fail(message: UserMessage) -> None:
    raise RuntimeError(f"the model broke on {message.text}")


def _turn(text: str = "con mới sinh cần làm gì", **facts: Any) -> dict[str, Any]:
    return {"conversation": "cuoc-1", "text": text, **facts}


async def test_the_process_says_that_it_is_up() -> None:
    async with _bot(Heard(), token=None) as client:
        assert (await client.get("/")).json() == {"status": "ok"}


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1], TOKEN + "x", "mã của tôi"])
async def test_without_the_token_nothing_is_heard(token: str | None) -> None:
    heard = Heard()
    async with _bot(heard, token) as client:
        response = await client.post("/turns", json=_turn())
    assert (response.status_code, heard.messages) == (401, [])


@pytest.mark.parametrize("credentials", [None, {}, {"token": ""}, {"token": "short"}])
def test_a_channel_without_a_real_token_does_not_start(credentials: dict[str, Any] | None) -> None:
    with pytest.raises(ValueError, match="MOTCUA_BOT_TOKEN"):
        GatewayInput.from_credentials(credentials)


async def test_text_conversation_and_metadata_arrive() -> None:
    heard = Heard()
    async with _bot(heard) as client:
        await client.post("/turns", json=_turn(metadata={"channel": "web"}))
    (message,) = heard.messages
    assert (message.text, message.sender_id, message.metadata) == ("con mới sinh cần làm gì", "cuoc-1", {"channel": "web"})


@pytest.mark.parametrize(
    "typed, heard_as",
    [
        ("/restart", "restart"),
        ("/session_start", "session_start"),
        (' / /greet{"x": 1}', 'greet{"x": 1}'),
        ("//start_over", "start_over"),
        ("nộp 1/11", "nộp 1/11"),
    ],
)
async def test_a_slash_typed_by_a_citizen_is_no_command(typed: str, heard_as: str) -> None:
    heard = Heard()
    async with _bot(heard) as client:
        await client.post("/turns", json=_turn(typed))
    assert heard.messages[0].text == heard_as


@pytest.mark.parametrize("signal", ["send_attachment", "send_nothing", "send_too_much"])
async def test_a_signal_of_the_gateway_becomes_an_intent(signal: str) -> None:
    heard = Heard()
    async with _bot(heard) as client:
        await client.post("/turns", json={"conversation": "cuoc-1", "signal": signal})
    assert heard.messages[0].text == f"/{signal}"


async def test_a_signal_nobody_knows_is_no_command() -> None:
    heard = Heard()
    async with _bot(heard) as client:
        response = await client.post("/turns", json={"conversation": "cuoc-1", "signal": "restart"})
    assert (response.status_code, heard.messages) == (500, [])


async def test_every_reply_comes_back_whole_and_in_order() -> None:
    async def answer(message: UserMessage) -> None:
        replies = [{"text": "Đăng ký khai sinh", "status": "answered_from_guide", "sections": ["fee"]}, {"text": "Mẹo"}]
        for reply in replies:
            await message.output_channel.send_response("cuoc-1", {**reply, "buttons": [], "image": None, "custom": {}})

    async with _bot(answer) as client:
        response = await client.post("/turns", json=_turn())
    first = {"text": "Đăng ký khai sinh", "status": "answered_from_guide", "sections": ["fee"]}
    assert (response.status_code, response.json()) == (200, {"replies": [first, {"text": "Mẹo"}]})


async def test_a_failing_turn_answers_500_without_what_was_typed() -> None:
    async with _bot(_fail) as client:
        response = await client.post("/turns", json=_turn("bí mật của tôi"))
    assert response.status_code == 500
    assert "bí mật" not in response.text


async def test_a_failing_turn_is_logged_by_its_conversation_without_what_was_typed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with _bot(_fail) as client:
        await client.post("/turns", json=_turn("bí mật của tôi"))
    assert "cuoc-1" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "bí mật" not in caplog.text


async def test_a_failing_turn_leaves_the_next_one_alone() -> None:
    async def fail_once(message: UserMessage) -> None:
        if message.text == "hỏng":
            raise RuntimeError

    async with _bot(fail_once) as client:
        statuses = [(await client.post("/turns", json=_turn(text))).status_code for text in ("hỏng", "lành")]
    assert statuses == [500, 200]
