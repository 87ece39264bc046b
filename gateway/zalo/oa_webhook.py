"""POST /zalo/oa: events of Official Accounts. Zalo wants its 200 within two seconds, so nothing here waits for the bot."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.zalo.desk import Desk
from gateway.zalo.happenings import Happening
from gateway.zalo.metrics import ZaloMetrics
from gateway.zalo.oa_events import read_event
from gateway.zalo.settings import ZaloSettings
from gateway.zalo.signature import read_signed
from gateway.zalo.unhandled import Unhandled

logger = logging.getLogger(__name__)


class OfficialAccountWebhook:
    """Checks, reads and stores events."""

    def __init__(
        self,
        settings: ZaloSettings,
        desk: Desk,
        unhandled: Unhandled,
        *,
        metrics: ZaloMetrics,
        clock: Callable[[], float],
        on_said: Callable[[Happening], None],
        on_forged: Callable[[], None],
    ) -> None:
        self._settings, self._desk, self._unhandled = settings, desk, unhandled
        self._metrics, self._clock, self._on_said, self._on_forged = metrics, clock, on_said, on_forged

    def routes(self) -> APIRouter:
        """The one route."""
        router = APIRouter()
        router.add_api_route("/zalo/oa", self.receive, methods=["POST"])
        return router

    async def receive(self, request: Request) -> Response:
        """200 for whatever Zalo signed, understood or not; 401 for what it did not."""
        signature = request.headers.get("X-ZEvent-Signature", "")
        verdict, event = read_signed(await request.body(), signature, self._settings.applications)
        if verdict == "forged":
            self._on_forged()
            return Response(status_code=401)
        if verdict == "signed":
            await self._take(event)
        return Response(status_code=200)

    async def _take(self, event: dict[str, Any]) -> None:
        happening = read_event(event)
        if happening.account and not self._settings.application_of(happening.account):
            # An account that authorised the application but is not in the settings, or the console's Test button.
            happening = Happening("unknown", "", "")
        self._metrics.events.labels("zalo_oa", happening.kind).inc()
        address = {"oa_id": happening.account, "user_id": happening.person}
        match happening.kind:
            case "said":
                await self._desk.hear(happening, address)
                self._on_said(happening)
            case "followed":
                await self._desk.greet(happening, address)
            case "staff_replied":
                until = self._clock() + self._settings.takeover_minutes * 60
                await self._desk.hand_over(happening, address, until=until)
            case "withdrew":
                await self._forget(happening, str(event["app_id"]))
            case "ignored" | "unknown":
                await asyncio.to_thread(self._unhandled.note, str(event.get("event_name", "")), event)

    async def _forget(self, happening: Happening, app_id: str) -> None:
        """Erases a person where the event says, or in every account of the application where it names none."""
        if not happening.person:
            logger.error("A citizen withdrew their consent, and Zalo did not say who in the way we know")
            return
        apps = (app for app in self._settings.applications if app.app_id == app_id)
        accounts = (happening.account,) if happening.account else (oa_id for app in apps for oa_id in app.accounts)
        for oa_id in accounts:
            await self._desk.forget(replace(happening, account=oa_id))
