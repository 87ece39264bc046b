"""The API under the page: what a client may rely on."""

import asyncio

import httpx
import pytest

from gateway.conversations import Conversations
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway

ANSWER = {
    "text": "Đăng ký khai sinh: giấy tờ cần có",
    "status": "answered_from_guide",
    "procedures": ["1.001193"],
    "sections": ["papers"],
    "sources": [{"decision": "163/QĐ-BTP"}],
}


async def _open(client: httpx.AsyncClient) -> dict[str, str]:
    opened = await client.post("/api/conversations")
    assert opened.status_code == 201
    return {"Authorization": f"Bearer {opened.json()['conversation']}"}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.webchat.WAIT_SECONDS", 0.01)


async def test_health_says_that_the_gateway_is_up_without_its_bot(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(failures=[503] * 99)) as client:
        assert (await client.get("/health")).json() == {"status": "ok"}


async def test_a_message_comes_back_with_its_replies(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(ANSWER)) as client:
        sent = {"id": "tin-nhan-1", "text": "khai sinh cần giấy tờ gì"}
        response = await client.post("/api/messages", json=sent, headers=await _open(client))
    assert response.status_code == 200
    assert response.json() == {"id": "tin-nhan-1", "state": "answered", "said": sent["text"], "replies": [ANSWER]}


async def test_an_answered_message_can_be_read_again(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(ANSWER)) as client:
        headers = await _open(client)
        sent = await client.post("/api/messages", json={"id": "tin-nhan-1", "text": "khai sinh"}, headers=headers)
        read = await client.get("/api/messages/tin-nhan-1", headers=headers)
    assert (read.status_code, read.json()) == (200, sent.json())


async def test_the_same_id_sent_twice_is_answered_once(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        headers = await _open(client)
        sent = {"id": "tin-nhan-1", "text": "khai sinh"}
        once, again = [await client.post("/api/messages", json=sent, headers=headers) for _ in range(2)]
    assert once.json() == again.json()
    assert len(bot.heard) == 1


async def test_the_same_id_sent_twice_at_once_is_answered_once(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        headers = await _open(client)
        sent = {"id": "tin-nhan-1", "text": "khai sinh"}
        together = await asyncio.gather(*(client.post("/api/messages", json=sent, headers=headers) for _ in range(5)))
    assert {response.status_code for response in together} == {200}
    assert len(bot.heard) == 1


@pytest.mark.usefixtures("impatient")
async def test_a_slow_answer_is_promised_and_then_read(open_gateway: OpenGateway) -> None:
    gate = asyncio.Event()
    async with open_gateway(FakeBot(ANSWER, gate=gate)) as client:
        headers = await _open(client)
        sent = await client.post("/api/messages", json={"id": "tin-nhan-1", "text": "khai sinh"}, headers=headers)
        waiting = {"id": "tin-nhan-1", "state": "waiting", "said": "khai sinh", "replies": []}
        assert (sent.status_code, sent.json()) == (202, waiting)
        assert (await client.get("/api/messages/tin-nhan-1", headers=headers)).status_code == 202
        gate.set()
        async with asyncio.timeout(5):
            while (read := await client.get("/api/messages/tin-nhan-1", headers=headers)).status_code == 202:
                await asyncio.sleep(0)
    assert read.json()["replies"] == [ANSWER]


@pytest.mark.usefixtures("impatient")
async def test_a_message_taken_before_a_restart_is_answered_after_it(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(gate=asyncio.Event())) as client:
        headers = await _open(client)
        await client.post("/api/messages", json={"id": "tin-nhan-1", "text": "khai sinh"}, headers=headers)
    async with open_gateway(FakeBot(ANSWER)) as client, asyncio.timeout(5):
        while (read := await client.get("/api/messages/tin-nhan-1", headers=headers)).status_code == 202:
            await asyncio.sleep(0)
    assert read.json()["replies"] == [ANSWER]


async def test_the_bot_hears_no_personal_number(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        sent = {"id": "tin-nhan-1", "text": "căn cước 001099012345 của em"}
        response = await client.post("/api/messages", json=sent, headers=await _open(client))
    assert bot.heard[0]["text"] == "căn cước [số định danh] của em"
    assert "001099012345" not in response.text


@pytest.mark.parametrize(
    "sent, signal",
    [
        ({"text": ""}, "send_nothing"),
        ({"text": "👶🏠"}, "send_nothing"),
        ({"text": "", "has_attachment": True}, "send_attachment"),
        ({"text": "khai sinh " * 1000}, "send_too_much"),
    ],
)
async def test_what_is_no_question_reaches_the_bot_by_its_name(open_gateway: OpenGateway, sent: dict, signal: str) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        response = await client.post("/api/messages", json={"id": "tin-nhan-1", **sent}, headers=await _open(client))
    assert response.status_code == 200
    assert [turn["signal"] for turn in bot.heard] == [signal]


@pytest.mark.parametrize(
    "token",
    ["", "Bearer", "Bearer abc", "Bearer " + Conversations("the secret of some other gateway, long enough").open()],
)
async def test_a_client_without_a_conversation_of_ours_is_refused(open_gateway: OpenGateway, token: str) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        headers = {"Authorization": token}
        sent = await client.post("/api/messages", json={"id": "tin-nhan-1", "text": "khai sinh"}, headers=headers)
        read = await client.get("/api/messages/tin-nhan-1", headers=headers)
    assert (sent.status_code, read.status_code, bot.heard) == (401, 401, [])


async def test_a_message_that_never_came_is_not_found(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        assert (await client.get("/api/messages/tin-nhan-9", headers=await _open(client))).status_code == 404


async def test_another_conversation_cannot_read_a_message(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        await client.post("/api/messages", json={"id": "tin-nhan-1", "text": "khai sinh"}, headers=await _open(client))
        assert (await client.get("/api/messages/tin-nhan-1", headers=await _open(client))).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"text": "khai sinh"},
        {"id": "ngan", "text": "khai sinh"},
        {"id": "x" * 65, "text": "khai sinh"},
        {"id": "có khoảng trắng", "text": "khai sinh"},
        {"id": "tin-nhan-1", "text": 5},
        ["khai sinh"],
    ],
)
async def test_a_malformed_message_is_refused_and_not_stored(open_gateway: OpenGateway, body: object) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        response = await client.post("/api/messages", json=body, headers=await _open(client))
    assert (response.status_code, bot.heard) == (422, [])
