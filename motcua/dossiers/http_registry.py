"""Dossiers of a one-stop system over HTTP: docs/one-stop-system.openapi.yml says what we need of it.

"Down" has to be said within three seconds, so a lookup has two and a half, whatever it takes: a token, a retry, an answer that
comes in drops. httpx limits each read and not the whole, so the lookup runs in a thread that is left alone when its time is up.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Annotated

import httpx
from pydantic import BaseModel, ConfigDict, Field

from motcua.dossiers.breaker import Breaker
from motcua.dossiers.client_credentials import ClientCredentials, TokenRefused
from motcua.dossiers.registry import Dossier, Event, RegistryUnavailable, Stage

SECONDS = 2.5
ATTEMPT = httpx.Timeout(1.4, connect=0.5)
PAUSE_SECONDS = 0.2
LEAST_SECONDS = 0.5  # a shorter attempt is none
AT_ONCE = 16  # lookups; what comes on top waits, and its waiting counts
SCOPE = "dossiers:read"
_PASSING = (429, 500, 502, 503, 504)

Ends = Annotated[str, Field(pattern=r"^(\d{4})?$")]


class _Event(BaseModel):
    on: date
    stage: Stage


class _Owner(BaseModel):
    identity_number_ends: Ends = Field(default="", repr=False)
    phone_ends: Ends = Field(default="", repr=False)


class _Answer(BaseModel):
    """A dossier as the one-stop system tells it; what else it tells is left aside."""

    model_config = ConfigDict(hide_input_in_errors=True)
    code: str
    procedure: str
    stage: Stage
    received_on: date
    due_on: date
    office: str = ""
    missing_papers: tuple[str, ...] = ()
    supplement_by: date | None = None
    events: tuple[_Event, ...] = ()
    owner: _Owner = _Owner()

    def dossier(self) -> Dossier:
        """The same in our words."""
        return Dossier(
            **self.model_dump(include={"code", "procedure", "stage", "received_on", "due_on", "office", "supplement_by"}),
            missing=self.missing_papers,
            events=tuple(Event(event.on, event.stage) for event in self.events),
            identity_ends=self.owner.identity_number_ends,
            phone_ends=self.owner.phone_ends,
        )


class HttpRegistry:
    """Asks the one-stop system, with a token of its own (OAuth 2 client credentials)."""

    def __init__(
        self,
        url: str,
        auth: ClientCredentials,
        *,
        breaker: Breaker | None = None,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url, self._breaker, self._clock, self._pause = url, breaker or Breaker(), clock, pause
        self._client = httpx.Client(auth=auth, transport=transport, timeout=ATTEMPT)
        self._threads = ThreadPoolExecutor(AT_ONCE, "registry")
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it writes every URL at INFO, and ours name dossiers

    def find(self, code: str) -> Dossier | None:
        """The dossier of that code, or None. Raises RegistryUnavailable, within two and a half seconds."""
        if not self._breaker.lets_through():
            raise RegistryUnavailable(self._url)
        try:
            found = self._threads.submit(self._ask, code).result(SECONDS)
        except (TimeoutError, httpx.HTTPError, ValueError):  # no answer, or none that we understand
            self._breaker.failed()
            raise RegistryUnavailable(self._url) from None  # the cause names the dossier
        self._breaker.succeeded()
        return found

    def close(self) -> None:
        """Gives the connections back; lookups that were left alone end by themselves."""
        self._threads.shutdown()
        self._client.close()

    def _ask(self, code: str) -> Dossier | None:
        deadline = self._clock() + SECONDS
        while True:
            try:
                response = self._client.get(f"{self._url}/dossiers/{code}")
            except httpx.TransportError as error:
                if isinstance(error, TokenRefused) or not self._may_try_again(deadline):
                    raise
                continue
            if response.status_code == 404:
                return None
            if response.status_code in _PASSING and self._may_try_again(deadline):
                continue
            return _Answer.model_validate_json(response.raise_for_status().content).dossier()

    def _may_try_again(self, deadline: float) -> bool:
        """Whether there is time for one more attempt, after a breath."""
        if self._clock() + PAUSE_SECONDS + LEAST_SECONDS > deadline:
            return False
        self._pause(PAUSE_SECONDS)
        return True
