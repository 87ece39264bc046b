"""The Bot Platform API. The token is part of the URL, so no URL, and no exception that holds one, goes into a log."""

import logging
from dataclasses import dataclass
from typing import Any

import httpx

POLL_SECONDS = 25


@dataclass(frozen=True)
class BotAnswer:
    """`code` is 0 for success; otherwise the HTTP status or the body's error_code, whichever says what is wrong."""

    code: int
    result: dict[str, Any]
    retry_after: float | None = None


class BotUnreachable(ConnectionError):
    """No answer, or none of Zalo's."""


class BotApi:
    """One bot's methods."""

    def __init__(self, client: httpx.AsyncClient, url: str, token: str) -> None:
        self._client, self._base = client, f"{url}/bot{token}"
        for name in ("httpx", "httpcore"):  # httpx writes every URL at INFO
            logging.getLogger(name).setLevel(logging.WARNING)

    async def send(self, chat_id: str, text: str) -> BotAnswer:
        """A message of at most 2,000 characters. Raises BotUnreachable."""
        return await self._call("sendMessage", {"chat_id": chat_id, "text": text})

    async def next_update(self) -> BotAnswer:
        """The next message to the bot, one at a time; code 408 if none came. Raises BotUnreachable."""
        return await self._call("getUpdates", {"timeout": POLL_SECONDS}, seconds=POLL_SECONDS + 10)

    async def call_at(self, webhook: str | None, secret: str) -> int:
        """Tells Zalo where to bring messages, or that they are asked for; 0, or the code of its refusal."""
        if webhook is None:
            return (await self._call("deleteWebhook", {})).code
        return (await self._call("setWebhook", {"url": webhook, "secret_token": secret})).code

    async def _call(self, method: str, body: dict[str, Any], *, seconds: float = 30) -> BotAnswer:
        try:
            response = await self._client.post(f"{self._base}/{method}", json=body, timeout=seconds)
        except httpx.HTTPError as error:
            raise BotUnreachable(type(error).__name__) from None
        return _read(response)


def _read(response: httpx.Response) -> BotAnswer:
    try:
        body = response.json()
        result = body.get("result")
        if response.status_code == 200 and body["ok"] is True:
            return BotAnswer(0, result if isinstance(result, dict) else {})
        code = int(body.get("error_code") or response.status_code)
        retry_after = (body.get("parameters") or {}).get("retry_after")
        return BotAnswer(code, {}, None if retry_after is None else float(retry_after))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BotUnreachable(f"http_{response.status_code}") from None
