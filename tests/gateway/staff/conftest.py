"""A gateway with a staff API."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from motcua.settings import Settings
from tests.postgres import running_postgres

TOKEN = "for the console only"
STAFF = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="session")
def postgres_for_staff() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, staff_token=TOKEN)


async def say(client: httpx.AsyncClient, text: str, number: int = 1, token: str | None = None) -> dict:
    """A citizen's message and what came back; without a token it opens a conversation, whose token it returns too."""
    token = token or (await client.post("/api/conversations")).json()["conversation"]
    sent = {"id": f"tin-nhan-{number}", "text": text}
    answer = await client.post("/api/messages", json=sent, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    return {**answer.json(), "token": token}
