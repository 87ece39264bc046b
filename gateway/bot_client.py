"""The bot over its internal channel."""

from collections.abc import Sequence
from typing import Any

import httpx

from gateway.inbox import Message, Reply
from motcua.spans import carried
from motcua.vietnamese.canonical import canonical

# What of a bot message goes on to the citizen's channel and into the inbox; how it came about (`trace`) does not.
_KEPT = (
    "text", "status", "procedures", "sections", "sources", "offered", "title", "blocks", "source_line", "handover", "private",
    "expects", "follows",
)  # fmt: skip


REACH_SECONDS = 2.0
_AWAY = (404, 502, 503, 504)  # Rasa listens before its model is loaded; a proxy before several bots says that none is there


class BotUnavailable(ConnectionError):
    """No answer came: the bot is starting, gone or slow. The message is sent again; the bot runs no turn twice."""

    status = "failed_internal"


class ActionsUnavailable(BotUnavailable):
    """The bot is up and its action server is not."""

    status = "failed_actions"


class BotFailed(RuntimeError):
    """The bot answered that it cannot take this message: sending it again would change nothing."""


class BotClient:
    """Hands one message to the bot and returns its replies."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def replies(self, message: Message, *, place: str | None = None, is_traced: bool = False) -> list[Reply]:
        """The bot's replies, empty when its action server gave none. Raises BotUnavailable, BotFailed.

        `place` is the ward or commune, by its code, that holds until the citizen names one. Traced, replies say why.
        """
        said = {"signal": message.signal} if message.signal else {"text": canonical(message.text)}
        body = {
            "conversation": message.conversation,
            "message": message.external_id,
            "metadata": {"channel": message.channel, "at": message.at, **({"place": place} if place else {})},
            **said,
        }
        kept = (*_KEPT, "trace") if is_traced else _KEPT
        return _read(await self._ask("POST", "/turns", json=body), kept)

    async def is_there(self) -> bool:
        """Whether the bot listens; it may still load its model."""
        try:
            return (await self._client.get("/", timeout=REACH_SECONDS)).status_code == 200
        except httpx.TransportError:
            return False

    async def forget(self, conversation: str) -> None:
        """Deletes what the bot remembers of a conversation. Raises BotUnavailable, BotFailed."""
        await self._ask("DELETE", f"/conversations/{conversation}")

    async def _ask(self, method: str, path: str, **content: Any) -> httpx.Response:
        try:
            response = await self._client.request(method, path, headers=carried(), **content)
        except httpx.TransportError as error:
            raise BotUnavailable from error
        if response.status_code == 503 and "actions" in response.text:
            raise ActionsUnavailable
        if response.status_code in _AWAY:
            raise BotUnavailable
        if response.status_code != 200:
            raise BotFailed
        return response


def _read(response: httpx.Response, kept: Sequence[str]) -> list[Reply]:
    try:
        return [{name: reply[name] for name in kept if name in reply} for reply in response.json()["replies"]]
    except (ValueError, KeyError, TypeError) as error:
        raise BotFailed from error
