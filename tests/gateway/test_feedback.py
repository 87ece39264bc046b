"""Opinions about answers: one a message, changeable, gone with the conversation."""

import httpx
import pytest

from gateway.database import Database
from gateway.feedback import Feedback, Opinion, read_opinion
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway


@pytest.mark.parametrize(
    "rating, opinion",
    [
        ("helpful", Opinion(True)),
        ("unhelpful", Opinion(False)),
        ("incomplete", Opinion(False, "incomplete")),
        ("xấu", None),
        ("", None),
    ],
)
def test_a_pressed_button_is_an_opinion(rating: str, opinion: Opinion | None) -> None:
    assert read_opinion(rating) == opinion


def test_a_later_opinion_takes_the_place_of_an_earlier_one(database: Database) -> None:
    feedback = Feedback(database)
    feedback.give("cuoc-1", "tin-1", Opinion(False, "unclear"))
    feedback.give("cuoc-1", "tin-1", Opinion(True))
    feedback.give("cuoc-2", "tin-1", Opinion(False))
    assert feedback.of("cuoc-1") == {"tin-1": Opinion(True)}


async def _ask(client: httpx.AsyncClient) -> dict[str, str]:
    headers = {"Authorization": f"Bearer {(await client.post('/api/conversations')).json()['conversation']}"}
    await client.post("/api/messages", json={"id": "tin-nhan-1", "text": "khai sinh"}, headers=headers)
    return headers


async def test_an_opinion_comes_back_as_pressed_buttons(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        headers = await _ask(client)
        response = await client.post("/api/feedback", json={"id": "tin-nhan-1", "rating": "incomplete"}, headers=headers)
    assert 'value="incomplete" aria-pressed="true"' in response.json()["html"]


@pytest.mark.parametrize(
    "sent, status",
    [
        ({"id": "tin-nhan-2", "rating": "helpful"}, 404),
        ({"id": "tin-nhan-1", "rating": "<b>"}, 422),
        ({"id": "tin-nhan-1"}, 422),
    ],
)
async def test_what_is_no_opinion_is_refused(open_gateway: OpenGateway, sent: dict[str, str], status: int) -> None:
    async with open_gateway(FakeBot()) as client:
        headers = await _ask(client)
        assert (await client.post("/api/feedback", json=sent, headers=headers)).status_code == status


async def test_nobody_rates_in_another_conversation(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        await _ask(client)
        stranger = {"Authorization": f"Bearer {(await client.post('/api/conversations')).json()['conversation']}"}
        sent = {"id": "tin-nhan-1", "rating": "helpful"}
        assert (await client.post("/api/feedback", json=sent, headers=stranger)).status_code == 404


async def test_erasing_a_conversation_erases_its_opinions(open_gateway: OpenGateway, database: Database) -> None:
    async with open_gateway(FakeBot()) as client:
        headers = await _ask(client)
        await client.post("/api/feedback", json={"id": "tin-nhan-1", "rating": "helpful"}, headers=headers)
        assert (await client.delete("/api/conversation", headers=headers)).status_code == 204
        assert (await client.get("/api/messages/tin-nhan-1", headers=headers)).status_code == 404
    with database.reading() as connection:
        assert connection.exec_driver_sql("select count(*) from feedback").scalar_one() == 0
