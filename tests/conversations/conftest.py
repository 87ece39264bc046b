"""A client of the running assistant, for the tests that talk to it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.conversations.chat import Chat
from tests.stack import Stack


@pytest.fixture(scope="session")
def client(stack: Stack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stack.url, timeout=60) as opened:
        yield opened


@pytest.fixture
def chat(client: httpx.Client) -> Chat:
    """A conversation that has just begun."""
    return Chat(client)
