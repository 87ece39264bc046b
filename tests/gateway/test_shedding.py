"""While more waits than can be answered soon, who comes now is told so politely, and who was here before keeps the place."""

from dataclasses import replace

import httpx

from gateway.app import create_app
from gateway.reception import Incoming
from motcua.settings import Settings
from tests.fakes import FakeBot


def _crowded(settings: Settings) -> Settings:
    """One message may wait; no worker runs in these tests, so it waits for good."""
    return replace(settings, max_waiting=1)


async def test_a_message_too_many_is_refused_in_a_sentence_and_not_stored(settings: Settings) -> None:
    app = create_app(_crowded(settings), FakeBot().client())
    app.state.inbox.accept("cuoc-0", "web", "id-0", "khai sinh", None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as client:
        token = (await client.post("/api/conversations")).json()["conversation"]
        said, headers = {"id": "tin-nhan-1", "text": "khai sinh"}, {"Authorization": f"Bearer {token}"}
        refused = await client.post("/api/messages", json=said, headers=headers)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert "gửi lại sau ít phút" in refused.json()["detail"]
    assert app.state.inbox.claims.count("waiting") == 1
    app.state.database.close()


async def test_what_is_stored_already_is_not_refused_when_it_comes_again(settings: Settings) -> None:
    app = create_app(_crowded(settings), FakeBot().client())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as client:
        token = (await client.post("/api/conversations")).json()["conversation"]
        headers = {"Authorization": f"Bearer {token}", "Prefer": "respond-async"}
        for _ in range(2):
            sent = await client.post("/api/messages", json={"id": "tin-nhan-1", "text": "khai sinh"}, headers=headers)
            assert sent.status_code == 202
    app.state.database.close()


async def test_on_a_push_channel_the_sentence_is_the_answer(settings: Settings) -> None:
    app = create_app(_crowded(settings), FakeBot().client())
    app.state.inbox.accept("cuoc-0", "web", "id-0", "khai sinh", None)
    incoming = Incoming("cuoc-1", "zalo_oa", "id-1", "khai sinh", {"user_id": "1"}, "nguoi-1")
    message = await app.state.reception.receive(incoming)
    assert message.state == "answered"
    assert message.replies and "gửi lại sau ít phút" in message.replies[0]["text"]
    app.state.database.close()
