"""Asks the Bot Platform for messages, for a gateway that Zalo cannot reach."""

import logging
from collections.abc import Awaitable, Callable

from gateway.zalo.bot_api import BotApi, BotUnreachable
from gateway.zalo.bot_intake import BotIntake

logger = logging.getLogger(__name__)

NOTHING_CAME = 408
AFTER_FAULT = 5.0  # seconds
AFTER_REFUSAL = 300.0  # a wrong token, or a webhook that is still set: nothing mends itself within seconds


class Polling:
    """The messages of one bot, one after the other: Zalo gives each once, so it is stored before the next is asked for."""

    def __init__(self, name: str, api: BotApi, intake: BotIntake, pause: Callable[[float], Awaitable[None]]) -> None:
        self._name, self._api, self._intake, self._pause = name, api, intake, pause

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            seconds = await self.ask_once()
            if seconds:
                await self._pause(seconds)

    async def ask_once(self) -> float:
        """Takes the next message, if one comes; how long to wait before the next question."""
        try:
            answer = await self._api.next_update()
            if answer.code == 0:
                await self._intake.take(answer.result, self._name)
            if answer.code in (0, NOTHING_CAME):
                return 0.0
        except BotUnreachable as fault:
            logger.warning("Bot %s cannot ask for messages: %s", self._name, fault)
            return AFTER_FAULT
        except Exception as error:  # the edge of the task: one message that cannot be stored must not end the polling
            logger.error("Bot %s: taking a message in failed: %s", self._name, type(error).__name__)
            return AFTER_FAULT
        if answer.code == 429 or answer.code >= 500:
            return answer.retry_after or AFTER_FAULT
        logger.error("Bot %s gets no messages (code %d). Is a webhook set, or the token wrong?", self._name, answer.code)
        return AFTER_REFUSAL
