"""The Official Account API (openapi.zalo.me): one message out, one code back. Errors come in bodies with HTTP 200."""

from dataclasses import dataclass
from typing import Any

import httpx

CONSULTATION = "/v3.0/oa/message/cs"
REACTION = "/v2.0/oa/message"  # what v2 is still for: other messages answer -240 there
MAX_BUTTONS = 5


@dataclass(frozen=True)
class Answer:
    """What Zalo said: its code (0 is success), the message's id, and how many requests the application has left."""

    code: int
    message_id: str | None = None
    requests_left: int | None = None


class ZaloUnreachable(ConnectionError):
    """No answer, or none of Zalo's. `reason` names the fault without the request."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OpenApi:
    """Sends in the name of an account, given its token."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client, self._url = client, url

    async def send(self, token: str, user_id: str, message: dict[str, Any]) -> Answer:
        """A consultation message. Raises ZaloUnreachable."""
        return await self._post(CONSULTATION, token, {"recipient": {"user_id": user_id}, "message": message})

    async def react(self, token: str, user_id: str, *, message_id: str, icon: str) -> Answer:
        """An icon on the citizen's own message. Raises ZaloUnreachable."""
        action = {"react_icon": icon, "react_message_id": message_id}
        return await self._post(REACTION, token, {"recipient": {"user_id": user_id}, "sender_action": action})

    async def _post(self, path: str, token: str, body: dict[str, Any]) -> Answer:
        try:
            response = await self._client.post(self._url + path, headers={"access_token": token}, json=body)
            return _read(response)
        except httpx.HTTPError as error:
            raise ZaloUnreachable(type(error).__name__) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ZaloUnreachable(f"http_{response.status_code}") from error


def message_of(text: str, buttons: list[dict[str, Any]]) -> dict[str, Any]:
    """The body of a text message, with buttons below it if there are any."""
    if not buttons:
        return {"text": text}
    return {"text": text, "attachment": {"type": "template", "payload": {"buttons": buttons}}}


def buttons_of(offered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One button for each choice; tapped, it says the choice's number as if the citizen had typed it."""
    choices = enumerate(offered[:MAX_BUTTONS], start=1)
    return [
        {"title": str(choice["title"])[:100], "type": "oa.query.hide", "payload": str(number)} for number, choice in choices
    ]


def _read(response: httpx.Response) -> Answer:
    body = response.json()
    data = body.get("data")
    left = response.headers.get("X-RateLimit-Remain", "")
    return Answer(
        int(body["error"]),
        str(data["message_id"]) if isinstance(data, dict) and "message_id" in data else None,
        int(left) if left.isdecimal() else None,
    )
