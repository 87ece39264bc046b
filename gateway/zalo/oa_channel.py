"""The way out through an Official Account."""

import logging
from collections.abc import Callable

from gateway.outbox import Delivered, Delivery, Outcome, TryLater, Undeliverable
from gateway.zalo.brakes import QUOTA_SECONDS, Brakes
from gateway.zalo.oa_api import Answer, OpenApi, ZaloUnreachable, buttons_of, message_of
from gateway.zalo.parts import send_parts
from gateway.zalo.progress import Progress
from gateway.zalo.rules import rule_of
from gateway.zalo.settings import ZaloSettings
from gateway.zalo.tokens import NoToken, Tokens

logger = logging.getLogger(__name__)

FREE_SECONDS = 48 * 3600.0  # after the citizen's last word; from then on an answer costs money, after 7 days Zalo refuses it
UNKNOWN_TRIES = 5  # a code nobody knows may pass; five times over, it will not
HOUR = 3600.0


class OfficialAccountChannel:
    """Delivers to {"oa_id", "user_id"}; what one account cannot send holds up no other."""

    name = "zalo_oa"
    window: float | None = FREE_SECONDS

    def __init__(
        self,
        settings: ZaloSettings,
        tokens: Tokens,
        api: OpenApi,
        progress: Progress,
        *,
        brakes: Brakes,
        clock: Callable[[], float],
    ) -> None:
        self._settings, self._tokens, self._api = settings, tokens, api
        self._progress, self._brakes, self._clock = progress, brakes, clock

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Sends what has not been sent of one answer."""
        if self._clock() - delivery.created_at.timestamp() > FREE_SECONDS:
            return Undeliverable("window_48h")

        async def send(part: str, is_last: bool) -> Outcome:
            buttons = buttons_of(delivery.reply.get("offered") or []) if is_last and self._settings.buttons else []
            return await self._send(delivery, part, buttons)

        return await send_parts(delivery, self._progress, send)

    async def react(self, oa_id: str, user_id: str, message_id: str) -> None:
        """Says "received" with an icon; if that fails, the answer will say it."""
        try:
            token = await self._tokens.current(oa_id)
            await self._api.react(token, user_id, message_id=message_id, icon=self._settings.reaction)
        except (NoToken, ZaloUnreachable) as fault:
            logger.warning("No reaction through Official Account %s: %s", oa_id, fault)

    async def _send(self, delivery: Delivery, part: str, buttons: list[dict[str, str]]) -> Outcome:
        oa_id, user_id = str(delivery.address["oa_id"]), str(delivery.address["user_id"])
        app = self._settings.application_of(oa_id)
        app_id = app.app_id if app else ""
        held = self._brakes.wait(oa_id) or self._brakes.wait(app_id)
        if held:
            return TryLater(*held)
        try:
            answer = await self._answer(oa_id, user_id, message_of(part, buttons))
        except NoToken as missing:
            return TryLater(*self._brakes.stop(oa_id, missing.reason)) if missing.is_alarm else TryLater(None, missing.reason)
        except ZaloUnreachable as fault:
            return TryLater(None, fault.reason)
        if answer.requests_left == 0:
            self._brakes.slow(app_id)
        return self._outcome(answer, oa_id, app_id, delivery.attempts)

    async def _answer(self, oa_id: str, user_id: str, message: dict[str, object]) -> Answer:
        """Zalo's answer; a refused token is replaced once."""
        token = await self._tokens.current(oa_id)
        answer = await self._api.send(token, user_id, message)
        if rule_of(answer.code) != "refresh":
            return answer
        token = await self._tokens.replace(oa_id, token)
        return await self._api.send(token, user_id, message)

    def _outcome(self, answer: Answer, oa_id: str, app_id: str, attempts: int) -> Outcome:
        reason = f"zalo_{answer.code}"
        match rule_of(answer.code):
            case "sent":
                self._brakes.went_through(oa_id)
                return Delivered(answer.message_id)
            case "slow_down":
                return TryLater(*self._brakes.slow(app_id, attempts))
            case "stop" | "refresh":  # a token refused just after it was made is no token
                return TryLater(*self._brakes.stop(oa_id, reason))
            case "out_of_quota":
                return TryLater(*self._brakes.stop(oa_id, reason, QUOTA_SECONDS))
            case "later":
                return TryLater(HOUR, reason)
            case "keep":
                return Undeliverable(reason)
            case None if attempts < UNKNOWN_TRIES:
                return TryLater(None, reason)
            case _:
                logger.error("Official Account %s: Zalo takes no such message (code %d)", oa_id, answer.code)
                return Undeliverable(reason, is_alarm=True)
