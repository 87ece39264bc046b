"""A token that works, for whoever sends: refreshed ahead of time, once, whichever process notices first."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import httpx

from gateway.zalo.metrics import ZaloMetrics
from gateway.zalo.oauth import OAuth, OAuthRefused
from gateway.zalo.settings import Application, ZaloSettings
from gateway.zalo.token_store import Pair, TokenStore

logger = logging.getLogger(__name__)

LIFE = 25 * 3600.0  # seconds
REFRESH_AFTER = 20 * 3600.0  # so that whoever must mend a failing refresh has five hours in which nobody notices
LOOK_AGAIN = 3600.0
BEING_REFRESHED = "being_refreshed"


class NoToken(Exception):
    """There is no token to send with now. `is_alarm`: an administrator has to connect the account."""

    def __init__(self, reason: str, *, is_alarm: bool) -> None:
        super().__init__(reason)
        self.reason, self.is_alarm = reason, is_alarm


class Tokens:
    """The access token of each Official Account."""

    def __init__(
        self, settings: ZaloSettings, store: TokenStore, oauth: OAuth, *, metrics: ZaloMetrics, clock: Callable[[], float]
    ) -> None:
        self._settings, self._store, self._oauth, self._metrics, self._clock = settings, store, oauth, metrics, clock

    async def current(self, oa_id: str) -> str:
        """A token, refreshed first if it is old. Raises NoToken."""
        pair = await self._pair(oa_id)
        age = self._clock() - pair.issued_at
        if age < REFRESH_AFTER:
            return pair.access
        try:
            return await self._refresh(oa_id, pair)
        except NoToken as missing:
            if missing.reason == BEING_REFRESHED or age >= LIFE:
                raise
            return pair.access

    async def replace(self, oa_id: str, refused: str) -> str:
        """Another token than the one Zalo refused; one that somebody else has fetched meanwhile will do. Raises NoToken."""
        pair = await self._pair(oa_id)
        return pair.access if pair.access != refused else await self._refresh(oa_id, pair)

    async def refresh_old(self) -> None:
        """Refreshes what is old, so that an account nobody writes to does not lose its consent after three months."""
        for oa_id in (oa_id for app in self._settings.applications for oa_id in app.accounts):
            try:
                await self.current(oa_id)
            except NoToken as missing:
                logger.warning("Official Account %s has no token: %s", oa_id, missing.reason)

    async def _pair(self, oa_id: str) -> Pair:
        pair = await asyncio.to_thread(self._store.read, oa_id)
        self._metrics.consent_needed.labels(oa_id).set(pair is None or pair.is_dead)
        if pair is None:
            raise NoToken("not_connected", is_alarm=True)
        return pair

    async def _refresh(self, oa_id: str, pair: Pair) -> str:
        app = self._settings.application_of(oa_id)
        if app is None or pair.is_dead:
            raise NoToken("no_application" if app is None else "consent_dead", is_alarm=True)
        if not await asyncio.to_thread(self._store.lease, oa_id, pair):
            raise NoToken(BEING_REFRESHED, is_alarm=False)
        try:
            # Once Zalo has answered, the old pair is dead: what follows may not be left half done by a shutdown.
            return await asyncio.shield(self._fetch_and_keep(oa_id, app, pair))
        except OAuthRefused as refused:
            await asyncio.to_thread(self._store.release, oa_id, is_dead=refused.needs_consent)
            self._metrics.consent_needed.labels(oa_id).set(1)
            logger.error("Official Account %s gets no new token (code %d); connect it again", oa_id, refused.code)
            raise NoToken(f"oauth_{refused.code}", is_alarm=True) from refused
        except httpx.HTTPError as error:
            await asyncio.to_thread(self._store.release, oa_id)
            raise NoToken(f"oauth_{type(error).__name__}", is_alarm=False) from error

    async def _fetch_and_keep(self, oa_id: str, app: Application, pair: Pair) -> str:
        access, refresh = await self._oauth.refresh(app, pair.refresh)
        await asyncio.to_thread(self._store.write, oa_id, access, refresh)
        logger.info("Official Account %s has a new token", oa_id)
        return access


async def keep_fresh(tokens: Tokens, pause: Callable[[float], Awaitable[None]]) -> None:
    """Looks for old tokens every hour, until it is cancelled."""
    while True:
        try:
            await tokens.refresh_old()
        except Exception as error:  # the edge of the task: a database that is away for a moment must not end it
            logger.error("Keeping tokens fresh failed: %s", type(error).__name__)
        await pause(LOOK_AGAIN)
