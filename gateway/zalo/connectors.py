"""The Zalo connectors of one gateway: MOTCUA_CONNECTORS=gateway.zalo.connectors, and var/zalo.yml says for whom."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import yaml
from fastapi import FastAPI

from gateway.outbox import Channel
from gateway.zalo.background import Background
from gateway.zalo.bot_api import BotApi
from gateway.zalo.bot_channel import BotChannel
from gateway.zalo.bot_intake import BotIntake
from gateway.zalo.bot_polling import Polling
from gateway.zalo.bot_webhook import BotWebhook
from gateway.zalo.brakes import Brakes
from gateway.zalo.desk import Desk
from gateway.zalo.happenings import Happening
from gateway.zalo.metrics import ZaloMetrics
from gateway.zalo.oa_api import OpenApi
from gateway.zalo.oa_channel import OfficialAccountChannel
from gateway.zalo.oa_webhook import OfficialAccountWebhook
from gateway.zalo.oauth import OAuth
from gateway.zalo.progress import Progress
from gateway.zalo.settings import ZaloSettings, load_zalo_settings
from gateway.zalo.tables import create_tables
from gateway.zalo.token_store import TokenStore
from gateway.zalo.tokens import Tokens, keep_fresh
from gateway.zalo.unhandled import Unhandled
from motcua.settings import Settings

TEXTS = Path(__file__).parent / "texts.vi.yml"
TIMEOUT = httpx.Timeout(10, connect=3)  # shorter than the outbox waits for one attempt


@dataclass(frozen=True)
class Time:
    """The clock, and a way to let time pass."""

    clock: Callable[[], float] = time.time
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep


def connect(app: FastAPI, settings: Settings, time: Time | None = None) -> list[Channel]:
    """Adds the routes and background tasks to the app; the channels for its outbox. Raises SettingFault."""
    parts = _Parts(app, load_zalo_settings(settings.var / "zalo.yml"), time or Time())
    app.state.running += [parts.client, parts.background]
    return [parts.connect_accounts(), parts.connect_bots()]


class _Parts:
    """What both connectors stand on."""

    def __init__(self, app: FastAPI, settings: ZaloSettings, time: Time) -> None:
        create_tables(app.state.database)
        self._app, self._settings, self._time = app, settings, time
        self.client, self.background = httpx.AsyncClient(timeout=TIMEOUT), Background()
        self._metrics = ZaloMetrics(app.state.metrics.registry)
        self._brakes = Brakes(self._metrics, time.clock)
        self._progress = Progress(app.state.database)
        self._unhandled = Unhandled(app.state.database, time.clock)
        self._texts = yaml.safe_load(TEXTS.read_text("utf-8"))

    def connect_accounts(self) -> OfficialAccountChannel:
        """Official Accounts: their webhook, their tokens, their way out."""
        settings, clock = self._settings, self._time.clock
        store, oauth = TokenStore(self._app.state.database, settings.key, clock), OAuth(self.client, settings.oauth_url)
        tokens = Tokens(settings, store, oauth, metrics=self._metrics, clock=clock)
        api = OpenApi(self.client, settings.openapi_url)
        channel = OfficialAccountChannel(settings, tokens, api, self._progress, brakes=self._brakes, clock=clock)
        webhook = OfficialAccountWebhook(
            settings,
            self._desk("zalo_oa"),
            self._unhandled,
            metrics=self._metrics,
            clock=clock,
            on_said=lambda happening: self._react(channel, happening),
            on_forged=lambda: self._app.state.metrics.rejected_signature("zalo_oa"),
        )
        self._app.include_router(webhook.routes())
        self.background.on_start(lambda: keep_fresh(tokens, self._time.pause))
        return channel

    def connect_bots(self) -> BotChannel:
        """Bots: their webhook or polling, their way out."""
        bots = {bot.name: BotApi(self.client, self._settings.bot_api_url, bot.token) for bot in self._settings.bots}
        intake = BotIntake(self._desk("zalo_bot"), self._unhandled, self._metrics)
        on_forged = self._app.state.metrics.rejected_signature
        self._app.include_router(BotWebhook(self._settings, intake, on_forged=lambda: on_forged("zalo_bot")).routes())
        for bot in self._settings.bots:
            if bot.polls:
                self.background.on_start(Polling(bot.name, bots[bot.name], intake, self._time.pause).run)
        return BotChannel(bots, self._progress, self._brakes)

    def _desk(self, channel: str) -> Desk:
        return Desk(channel, self._settings.key, self._app.state, self._texts)

    def _react(self, channel: OfficialAccountChannel, happening: Happening) -> None:
        if self._settings.reaction:
            # Beside the request: Zalo waits two seconds for our answer, and its own API may take as long.
            self.background.begin(channel.react(happening.account, happening.person, happening.external_id))
