"""The channel as the gateway meets it, with a stand-in for the turns behind it."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.channels.gateway import GatewayInput
from bot.channels.turns import ActionsAreDown
from tests.bot.channels.conftest import TOKEN


class StandIn:
    """Hears what Rasa would be given, and then does what a test wants."""

    def __init__(self) -> None:
        self.heard: list[UserMessage] = []
        self.answer: Callable[[UserMessage], Awaitable[None]] | None = None

    async def replies_of(self, _: Any, message: UserMessage) -> list[dict[str, Any]]:
        self.heard.append(message)
        if self.answer:
            await self.answer(message)
        return list(message.output_channel.replies)


@pytest.fixture
def rasa(app: Sanic, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    rasa = StandIn()
    monkeypatch.setattr("bot.channels.gateway.replies_of", rasa.replies_of)
    app.ctx.agent = SimpleNamespace(is_ready=lambda: True)
    return rasa


@pytest.fixture
async def client(app: Sanic) -> AsyncIterator[httpx.AsyncClient]:
    """A client without the token."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot/webhooks/gateway") as client:
        yield client


@pytest.fixture
def gateway(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client with the token, as the gateway is."""
    client.headers["Authorization"] = f"Bearer {TOKEN}"
    return client


def _turn(text: str = "con mới sinh cần làm gì", **facts: Any) -> dict[str, Any]:
    return {"conversation": "cuoc-1", "message": "tin-1", "text": text, **facts}


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
    await gateway.post("/turns", json={"conversation": "cuoc-1", "message": "tin-1", "signal": signal})
    assert [message.text for message in rasa.heard] == [f"/{signal}"]


async def test_a_signal_nobody_knows_is_no_command(rasa: StandIn, gateway: httpx.AsyncClient) -> None:
    response = await gateway.post("/turns", json={"conversation": "cuoc-1", "message": "tin-1", "signal": "restart"})
    assert (response.status_code, rasa.heard) == (500, [])


async def test_every_reply_comes_back_whole_and_in_order(rasa: StandIn, gateway: httpx.AsyncClient) -> None:
    replies = [{"text": "Đăng ký khai sinh", "status": "answered_from_guide", "sections": ["fee"]}, {"text": "Mẹo"}]

    async def answer(message: UserMessage) -> None:
        for reply in replies:
            await message.output_channel.send_response("cuoc-1", {**reply, "buttons": [], "image": None, "custom": {}})

    rasa.answer = answer
    response = await gateway.post("/turns", json=_turn())
    assert (response.status_code, response.json()) == (200, {"replies": replies})


async def test_a_bot_without_its_model_says_that_it_is_loading(app: Sanic, rasa: StandIn, gateway: httpx.AsyncClient) -> None:
    app.ctx.agent = SimpleNamespace(is_ready=lambda: False)
    response = await gateway.post("/turns", json=_turn())
    assert (response.status_code, response.json(), rasa.heard) == (503, {"error": "loading"}, [])


async def test_a_bot_without_its_actions_says_so(rasa: StandIn, gateway: httpx.AsyncClient) -> None:
    async def find_nobody(_: UserMessage) -> None:
        raise ActionsAreDown

    rasa.answer = find_nobody
    response = await gateway.post("/turns", json=_turn())
    assert (response.status_code, response.json()) == (503, {"error": "actions"})


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
    assert "Turn failed: RuntimeError" in caplog.text
    assert "bí mật" not in caplog.text


async def test_a_failing_turn_leaves_the_next_one_alone(rasa: StandIn, gateway: httpx.AsyncClient) -> None:
    rasa.answer = _fail
    await gateway.post("/turns", json=_turn())
    rasa.answer = None
    assert (await gateway.post("/turns", json=_turn())).status_code == 200
