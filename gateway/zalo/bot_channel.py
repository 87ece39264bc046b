"""The way out through the Bot Platform."""

import logging
from collections.abc import Mapping

from gateway.outbox import Delivered, Delivery, Outcome, TryLater, Undeliverable
from gateway.zalo.bot_api import BotAnswer, BotApi, BotUnreachable
from gateway.zalo.brakes import Brakes
from gateway.zalo.parts import send_parts
from gateway.zalo.progress import Progress

logger = logging.getLogger(__name__)


class BotChannel:
    """Delivers to {"bot", "chat_id"}. There are no buttons on this platform: the numbers in the text are the choices."""

    name = "zalo_bot"
    window: float | None = None

    def __init__(self, bots: Mapping[str, BotApi], progress: Progress, brakes: Brakes) -> None:
        self._bots, self._progress, self._brakes = bots, progress, brakes

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Sends what has not been sent of one answer."""

        async def send(part: str, _: bool) -> Outcome:
            return await self._send(delivery, part)

        return await send_parts(delivery, self._progress, send)

    async def _send(self, delivery: Delivery, part: str) -> Outcome:
        bot, chat_id = str(delivery.address["bot"]), str(delivery.address["chat_id"])
        if bot not in self._bots:
            return Undeliverable("no_such_bot", is_alarm=True)
        held = self._brakes.wait(bot)
        if held:
            return TryLater(*held)
        try:
            answer = await self._bots[bot].send(chat_id, part)
        except BotUnreachable as fault:
            return TryLater(None, str(fault))
        return self._outcome(bot, answer)

    def _outcome(self, bot: str, answer: BotAnswer) -> Outcome:
        reason = f"zalo_bot_{answer.code}"
        if answer.code == 0:
            self._brakes.went_through(bot)
            return Delivered(str(answer.result["message_id"]) if "message_id" in answer.result else None)
        if answer.code in (401, 404):  # the token is part of the path, so a bad one is "not found"
            return TryLater(*self._brakes.stop(bot, reason))
        if answer.code == 403:
            return Undeliverable(reason)  # this person does not want to hear from the bot
        if answer.code in (408, 409, 429) or answer.code >= 500:
            return TryLater(answer.retry_after, reason)
        logger.error("Bot %s: Zalo takes no such message (code %d)", bot, answer.code)
        return Undeliverable(reason, is_alarm=True)
