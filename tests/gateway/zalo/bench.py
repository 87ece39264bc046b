"""What the tests of the Zalo connectors share: ids, a clock moved by hand, settings, an answer on its way."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gateway.outbox import Delivery
from gateway.zalo.oa_channel import OfficialAccountChannel
from gateway.zalo.settings import ZaloSettings
from gateway.zalo.token_store import TokenStore
from gateway.zalo.tokens import Tokens

APP, OA, OTHER_OA = "500100200300400500", "92000000000000002", "92000000000000003"
PERSON = "81000000000000001"
KEY = "a key that only the tests know, long enough"
FAKE = "http://zalo.test"


class Clock:
    """The time, moved by hand."""

    def __init__(self) -> None:
        self._moved = 0.0

    def __call__(self) -> float:
        return time.time() + self._moved

    def advance(self, seconds: float) -> None:
        self._moved += seconds


@dataclass
class Sender:
    """The way out with its parts."""

    channel: OfficialAccountChannel
    tokens: Tokens
    store: TokenStore


MakeSender = Callable[..., Sender]


def settings_for(url: str = FAKE, **fields: Any) -> ZaloSettings:
    """One application with two accounts, at the fake Zalo."""
    return ZaloSettings.model_validate(fields_for(url, **fields))


def fields_for(url: str, **fields: Any) -> dict[str, Any]:
    """The same as it stands in var/zalo.yml."""
    app = {"app_id": APP, "app_secret": f"secret-of-{APP}", "oa_secret": "oa-khoa-bi-mat", "accounts": [OA, OTHER_OA]}
    urls = dict.fromkeys(("openapi_url", "oauth_url", "bot_api_url"), url)
    return {"key": KEY, "applications": [app], **urls, **fields}


def delivery(text: str, *, number: int = 1, oa_id: str = OA, attempts: int = 0, **reply: Any) -> Delivery:
    """An answer on its way to our citizen."""
    address, created = {"oa_id": oa_id, "user_id": PERSON}, datetime.now(UTC)
    return Delivery(number, "zalo_oa-1", "zalo_oa", address, {"text": text, **reply}, attempts, created)


async def at_once(*work: Awaitable[Any]) -> list[Any]:
    """The results, or what was raised."""
    return list(await asyncio.gather(*work, return_exceptions=True))
