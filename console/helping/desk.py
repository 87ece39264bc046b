"""The desk: conversations that a person is wanted for, as the gateway keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from console.gateway_client import GatewayClient


@dataclass(frozen=True)
class Entry:
    """One conversation: `state` is waiting, taken, callback (to be called) or closed; `by` a login, `since` ISO 8601."""

    conversation: str
    channel: str
    place: str | None
    reason: str
    state: str
    by: str
    summary: Mapping[str, Any]
    since: str
    turns: Sequence[Mapping[str, Any]] = ()

    def minutes(self, now: float) -> int:
        """How long it has been waiting, at a moment in seconds since 1970."""
        return max(0, int(now - datetime.fromisoformat(self.since).timestamp()) // 60)

    @property
    def mark(self) -> str:
        """Changes when the conversation does."""
        return f"{self.state}.{self.by}.{len(self.turns)}"


class Desk:
    """Every method raises GatewayAway; about one conversation also NotThere, and TakenByAnother where it is not ours."""

    def __init__(self, gateway: GatewayClient) -> None:
        self._gateway = gateway

    def queue(self) -> list[Entry]:
        """Who waits, is written to or is to be called, oldest first."""
        return [Entry(**entry) for entry in self._gateway.ask("GET", "/staff/queue")]

    def find(self, conversation: str) -> Entry:
        """One conversation with its turns, redacted."""
        return Entry(**self._gateway.ask("GET", _path(conversation)))

    def take(self, conversation: str, by: str) -> None:
        """From now on `by` writes there, and the assistant is silent."""
        self._gateway.ask("POST", f"{_path(conversation)}/take", {"by": by})

    def reply(self, conversation: str, by: str, *, message_id: str, text: str) -> None:
        """Sends a reply through the citizen's channel, once for each id."""
        self._gateway.ask("POST", f"{_path(conversation)}/reply", {"by": by, "id": message_id, "text": text})

    def give_back(self, conversation: str, by: str) -> None:
        """The assistant answers again."""
        self._gateway.ask("POST", f"{_path(conversation)}/back", {"by": by})

    def settle(self, conversation: str, by: str) -> None:
        """Who was to be called has been; the number is deleted."""
        self._gateway.ask("POST", f"{_path(conversation)}/done", {"by": by})

    def phone(self, conversation: str, by: str) -> str:
        """The number to call, for who has taken it."""
        return str(self._gateway.ask("POST", f"{_path(conversation)}/phone", {"by": by})["phone"])


def positions(entries: Iterable[Entry]) -> dict[str, int]:
    """The place of each who waits among those of the same commune, as citizens are told it: 1 is next."""
    found: dict[str, int] = {}
    waiting: dict[str | None, int] = {}
    for entry in entries:
        if entry.state == "waiting":
            found[entry.conversation] = waiting[entry.place] = waiting.get(entry.place, 0) + 1
    return found


def _path(conversation: str) -> str:
    return f"/staff/conversations/{quote(conversation, safe='')}"
