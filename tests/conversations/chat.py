"""One conversation over the public API, message by message, as a client with its own ids holds it."""

import contextlib
import time
import uuid
from collections.abc import Iterator
from typing import Any

import httpx

Reply = dict[str, Any]
PATIENCE = 90.0  # seconds for the slowest recovery: a bot that loads TensorFlow on a busy machine


class Chat:
    """A conversation of its own; says things and reads replies."""

    def __init__(self, client: httpx.Client) -> None:
        token = client.post("/api/conversations").raise_for_status().json()["conversation"]
        self._client, self._headers = client, {"Authorization": f"Bearer {token}"}

    def say(self, text: str, **fields: Any) -> list[Reply]:
        """The replies to a message; the gateway must take it at once and answer it in the end."""
        return self.reply_to(self.post({"id": uuid.uuid4().hex, "text": text, **fields}))

    def post(self, body: dict[str, Any] | bytes, *, timeout: float = 60) -> httpx.Response:
        """The bare response to a body, given as fields or as bytes."""
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        headers = {**self._headers, "Content-Type": "application/json"}
        return self._client.post("/api/messages", **content, headers=headers, timeout=timeout)

    def reply_to(self, response: httpx.Response) -> list[Reply]:
        """The replies a response holds, or will hold."""
        assert response.status_code in (200, 202), response.text
        return self.replies(response.json()["id"]) if response.status_code == 202 else response.json()["replies"]

    def replies(self, message_id: str) -> list[Reply]:
        """The replies to an earlier message, as soon as there are any; a gateway that is just starting is asked again."""
        for _ in attempts():
            with contextlib.suppress(httpx.TransportError):
                response = self._client.get(f"/api/messages/{message_id}", headers=self._headers)
                if response.status_code == 200:
                    return response.json()["replies"]
        raise AssertionError(f"No reply to message {message_id} within {PATIENCE:.0f} s")

    def notices(self) -> str:
        """What the assistant said by itself, as HTML."""
        return str(self._client.get("/api/notices", headers=self._headers).raise_for_status().json()["html"])

    def ask_until(self, text: str, status: str) -> list[Reply]:
        """The first replies of that status: asks again and again, as a citizen does after a fault."""
        for _ in attempts():
            replies = self.say(text)
            if replies[0]["status"] == status:
                return replies
        raise AssertionError(f"{text!r} was not {status} within {PATIENCE:.0f} s; last: {replies[0]['status']}")


def attempts() -> Iterator[None]:
    """Turns to try something until patience ends; the pause leaves the processor to what is being waited for."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        yield
        time.sleep(0.2)
