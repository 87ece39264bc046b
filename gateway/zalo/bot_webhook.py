"""POST /zalo/bot: what the Bot Platform tells us. The secret says which bot it is for."""

import hmac
import json
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.zalo.bot_intake import BotIntake
from gateway.zalo.settings import Bot, ZaloSettings

SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class BotWebhook:
    """Checks who calls and takes the update in."""

    def __init__(self, settings: ZaloSettings, intake: BotIntake, *, on_forged: Callable[[], None]) -> None:
        self._bots = [bot for bot in settings.bots if bot.webhook_secret]
        self._intake, self._on_forged = intake, on_forged

    def routes(self) -> APIRouter:
        """The one route."""
        router = APIRouter()
        router.add_api_route("/zalo/bot", self.receive, methods=["POST"])
        return router

    async def receive(self, request: Request) -> Response:
        """200 for whatever came with a secret of ours; 401 for the rest."""
        bot = self._called_for(request.headers.get(SECRET_HEADER, ""))
        if bot is None:
            self._on_forged()
            return Response(status_code=401)
        await self._intake.take(_parse(await request.body()), bot.name)
        return Response(status_code=200)

    def _called_for(self, secret: str) -> Bot | None:
        matching = [bot for bot in self._bots if hmac.compare_digest(bot.webhook_secret.encode(), secret.encode())]
        return next(iter(matching), None)


def _parse(body: bytes) -> dict[str, Any]:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return update if isinstance(update, dict) else {}
