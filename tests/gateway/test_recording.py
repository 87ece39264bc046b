"""What reaches the conversation store from the gateway, whatever became of a message."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from gateway.database import Database
from gateway.inbox import STAFF_REPLY, Inbox, Message
from gateway.pauses import Pauses
from gateway.recording import turn_of
from motcua.conversations.schema import TRACES, TURNS
from motcua.conversations.store import ConversationStore
from motcua.settings import Settings
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway, until

ANSWER = {"text": "Đăng ký khai sinh", "status": "answered_from_guide", "procedures": ["1.001193"], "sections": ["papers"]}
TRACED = {**ANSWER, "trace": {"ms": 40.0, "rankings": []}}


def _rows(settings: Settings) -> list[dict[str, Any]]:
    store = ConversationStore(settings.conversations_url)
    with store.reading() as connection:
        rows = (
            connection.execute(select(TURNS, TRACES.c.trace).join(TRACES, isouter=True).order_by(TURNS.c.id)).mappings().all()
        )
    store.close()
    return [dict(row) for row in rows]


async def _talk(open_gateway: OpenGateway, bot: FakeBot, *paths: tuple[str, str, dict[str, Any] | None]) -> list[Any]:
    async with open_gateway(bot) as client:
        token = (await client.post("/api/conversations")).json()["conversation"]
        headers = {"Authorization": f"Bearer {token}"}
        return [(await client.request(method, path, json=body, headers=headers)) for method, path, body in paths]


ASK = ("POST", "/api/messages", {"id": "tin-nhan-1", "text": "Tôi là Nguyễn Văn An,  làm khai sinh, gọi 0912345678"})
RATE = ("POST", "/api/feedback", {"id": "tin-nhan-1", "rating": "unclear"})


async def test_a_turn_is_recorded_as_it_was_typed_and_answered(open_gateway: OpenGateway, settings: Settings) -> None:
    await _talk(open_gateway, FakeBot(ANSWER), ASK, ASK, RATE)
    (row,) = _rows(settings)
    told = {name: row[name] for name in ("said", "status", "procedure", "section", "channel", "helpful", "feedback_reason")}
    assert told == {
        "said": "Tôi là [họ tên],  làm khai sinh, gọi [số điện thoại]", "status": "answered_from_guide",
        "procedure": "1.001193", "section": "papers", "channel": "web", "helpful": False, "feedback_reason": "unclear",
    }  # fmt: skip
    assert json.loads(row["trace"]) == {"replies": ["Đăng ký khai sinh"]}
    assert row["ms"] >= 0


async def test_how_an_answer_came_about_stays_inside(open_gateway: OpenGateway) -> None:
    (response,) = await _talk(open_gateway, FakeBot(TRACED), ASK)
    assert response.json()["replies"] == [ANSWER]


async def test_a_turn_that_failed_is_recorded(open_gateway: OpenGateway, settings: Settings) -> None:
    await _talk(open_gateway, FakeBot(failures=[500]), ASK)
    assert [row["status"] for row in _rows(settings)] == ["failed_internal"]


async def test_an_erased_conversation_is_erased_there_too(open_gateway: OpenGateway, settings: Settings) -> None:
    async with open_gateway(FakeBot(ANSWER)) as client:
        token = (await client.post("/api/conversations")).json()["conversation"]
        headers = {"Authorization": f"Bearer {token}"}
        await client.post(ASK[1], json=ASK[2], headers=headers)
        await until(lambda: _rows(settings))
        await client.delete("/api/conversation", headers=headers)
        await until(lambda: not _rows(settings))


@pytest.mark.parametrize(
    ("state", "status", "is_handed_over"), [("for_staff", "handed_over", True), ("ignored", "declined_too_many", False)]
)
def test_what_the_bot_never_sees_is_recorded(database: Database, state: str, status: str, is_handed_over: bool) -> None:
    settled: list[Message] = []
    inbox = Inbox(database, on_settled=settled.append)
    if state == "for_staff":
        Pauses(database).pause("cuoc-1", 4e9, "can-bo-1")
    for _ in range(2):
        inbox.accept("cuoc-1", "zalo_oa", "id-1", "khai sinh", None, is_ignored=state == "ignored")
    (turn,) = map(turn_of, settled)
    assert (turn.status, turn.handed_over, turn.said, turn.ms) == (status, is_handed_over, "khai sinh", None)


@pytest.mark.parametrize(("text", "replies"), [("Chào chị Lan", None), ("", [{"text": "Chào chị Lan"}])])
def test_what_a_person_of_the_office_wrote_is_not_taken_for_the_citizens(
    database: Database, text: str, replies: list[dict[str, str]] | None
) -> None:
    settled: list[Message] = []
    inbox = Inbox(database, on_settled=settled.append)
    inbox.accept("cuoc-1", "zalo_oa", "id-1", text, STAFF_REPLY, is_ignored=replies is None, replies=replies)
    (turn,) = map(turn_of, settled)
    assert (turn.said, turn.status, turn.intent) == ("", None, STAFF_REPLY)
    assert turn.trace == {"replies": ["Chào chị Lan"]}


def test_a_message_that_waits_is_no_turn_yet(database: Database) -> None:
    settled: list[Message] = []
    inbox = Inbox(database, on_settled=settled.append)
    message = inbox.accept("cuoc-1", "web", "id-1", "khai sinh", "send_nothing")
    assert settled == []
    assert inbox.answer(message, [ANSWER])
    assert not inbox.answer(message, [ANSWER])
    assert [(turn.status, turn.trace["heard"]) for turn in map(turn_of, settled)] == [("answered_from_guide", "/send_nothing")]


async def test_the_store_may_be_away(open_gateway: OpenGateway, settings: Settings, database: Database) -> None:
    """The store's address is a folder: it can never be opened, and citizens are answered all the same."""
    settings.var.joinpath("conversations.db").mkdir()
    (response,) = await _talk(open_gateway, FakeBot(ANSWER), ASK)
    assert response.json()["replies"] == [ANSWER]
