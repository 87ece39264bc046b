"""The gateway's staff API, as the console uses it. Only what the switch needs yet."""

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
        return Switch(**self._ask("GET", "/staff/switch"))

    def set_switch(self, *, is_off: bool, notice: str, reason: str, by: str) -> Switch:
        """Turns the assistant off or on."""
        return Switch(**self._ask("PUT", "/staff/switch", {"is_off": is_off, "notice": notice, "reason": reason, "by": by}))

    def erase(self, conversation: str) -> None:
        """Erases a conversation; what cannot be reached now is erased as soon as it can."""
        self._ask("DELETE", f"/staff/conversations/{quote(conversation, safe='')}")

    def replay(self, turns: Sequence[str], *, by: str) -> list[dict[str, Any]]:
        """What the assistant of today says to these words, in order: what gateway.staff.replay_api tells of each."""
        found: list[dict[str, Any]] = self._ask("POST", "/staff/replay", {"turns": list(turns), "by": by}, timeout=REPLAY)[
            "turns"
        ]
        return found

    def close(self) -> None:
        """Gives the connections back."""
        self._client.close()

    def _ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, timeout: Any = httpx.USE_CLIENT_DEFAULT
    ) -> dict[str, Any]:
        try:
            response = self._client.request(method, path, json=body, timeout=timeout)
        except httpx.TransportError as error:
            raise GatewayAway(type(error).__name__) from error
        if response.status_code != 200:
            raise GatewayAway(f"status {response.status_code}")
        found: dict[str, Any] = response.json()
        return found
