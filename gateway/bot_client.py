"""The bot over its internal channel."""

from typing import Any

import httpx

from gateway.inbox import Message, Reply
from motcua.vietnamese.canonical import canonical

# What of a bot message goes on to the citizen's channel and into the inbox.
_KEPT = ("text", "status", "procedures", "sections", "sources", "offered", "title", "blocks", "source_line")


class BotUnavailable(ConnectionError):
    """The bot cannot be reached: it is starting, or gone. The message may be sent again."""


class BotFailed(RuntimeError):
    """The bot took the message and did not answer it. Sending it again would repeat the turn."""


class BotClient:
    """Hands one message to the bot and returns its replies."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def replies(self, message: Message) -> list[Reply]:
        """The bot's replies, empty when its action server gave none. Raises BotUnavailable, BotFailed."""
        said = {"signal": message.signal} if message.signal else {"text": canonical(message.text)}
        body = {"conversation": message.conversation, "metadata": {"channel": message.channel}, **said}
        try:
            response = await self._client.post("/turns", json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise BotUnavailable from error
        except httpx.HTTPError as error:
            raise BotFailed from error
        if response.status_code in (404, 503):  # Rasa listens before its model is loaded
            raise BotUnavailable
        if response.status_code != 200:
            raise BotFailed
        return _read(response)


def _read(response: httpx.Response) -> list[Reply]:
    try:
        return [_kept(reply) for reply in response.json()["replies"]]
    except (ValueError, KeyError, TypeError) as error:
        raise BotFailed from error


def _kept(reply: dict[str, Any]) -> Reply:
    return {name: reply[name] for name in _KEPT if name in reply}
