"""The gateway, as the console asks it: its staff API, and of its public face what is made there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

REPLAY = 60.0  # seconds: twenty turns, on a machine that is busy with citizens


class GatewayAway(ConnectionError):
    """The gateway does not answer, or does not know the console's token."""

    def __init__(self, found: str) -> None:
        super().__init__(f"The gateway's staff API: {found}. Is it running, with the same MOTCUA_STAFF_TOKEN?")


class NotThere(GatewayAway):
    """The gateway does not know what it was asked about, or no longer; or has no staff API."""

    def __init__(self) -> None:
        super().__init__("status 404")


class TakenByAnother(PermissionError):
    """Somebody else has the conversation: `by` is a login, empty where nobody has it any more."""

    def __init__(self, by: str) -> None:
        super().__init__(f"Taken by {by or 'nobody'}.")
        self.by = by


@dataclass(frozen=True)
class Switch:
    """Whether the assistant is off; the notice is for citizens, the reason for staff. `since` is ISO 8601 in UTC."""

    is_off: bool
    notice: str = ""
    reason: str = ""
    by: str = ""
    since: str | None = None


class GatewayClient:
    """Every method raises GatewayAway."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def read_switch(self) -> Switch:
        """How the switch stands."""
        return Switch(**self.ask("GET", "/staff/switch"))

    def set_switch(self, *, is_off: bool, notice: str, reason: str, by: str) -> Switch:
        """Turns the assistant off or on."""
        return Switch(**self.ask("PUT", "/staff/switch", {"is_off": is_off, "notice": notice, "reason": reason, "by": by}))

    def erase(self, conversation: str) -> None:
        """Erases a conversation; what cannot be reached now is erased as soon as it can."""
        self.ask("DELETE", f"/staff/conversations/{quote(conversation, safe='')}")

    def replay(self, turns: Sequence[str], *, by: str) -> list[dict[str, Any]]:
        """What the assistant of today says to these words, in order: what gateway.staff.replay_api tells of each."""
        asked = {"turns": list(turns), "by": by}
        found: list[dict[str, Any]] = self.fetch("POST", "/staff/replay", json=asked, timeout=REPLAY).json()["turns"]
        return found

    def close(self) -> None:
        """Gives the connections back."""
        self._client.close()

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """What is answered, from JSON. Raises NotThere and TakenByAnother too."""
        return self.fetch(method, path, json=body).json()

    def fetch(self, method: str, path: str, **request: Any) -> httpx.Response:
        """What is answered. Raises NotThere and TakenByAnother too."""
        try:
            response = self._client.request(method, path, **request)
        except httpx.TransportError as error:
            raise GatewayAway(type(error).__name__) from error
        if response.status_code == 404:
            raise NotThere
        if response.status_code == 409:
            raise TakenByAnother(str(response.json().get("by", "")))
        if not response.is_success:
            raise GatewayAway(f"status {response.status_code}")
        return response
