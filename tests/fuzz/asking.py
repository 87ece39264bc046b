"""An app in this process, and requests made from the schema of its API, well-formed and not."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import one_of
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation

EXAMPLES = 15  # for each operation; the same ones in every run
BASE = "http://asked"


class Running:
    """A running app, asked without waiting for anything but its answer."""

    def __init__(self, app: FastAPI) -> None:
        self._loop, self._open = asyncio.Runner(), AsyncExitStack()
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE)
        self._loop.run(self._open.enter_async_context(app.router.lifespan_context(app)))

    def ask(self, **request: Any) -> httpx.Response:
        self._client.cookies.clear()  # a stranger stays one
        return self._loop.run(self._client.request(**request))

    def close(self) -> None:
        self._loop.run(self._open.aclose())
        self._loop.close()


def ask_all(operation: APIOperation, ask: Callable[[dict[str, Any]], Iterator[httpx.Response]]) -> None:
    """Sends requests of this operation by `ask`, which may do so several times; nothing fails within."""
    cases = one_of(operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE))

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=cases)
    def send(case: Case) -> None:
        for response in ask(_request(case)):
            told = f"{case.as_curl_command()} → {response.status_code} {response.text[:200]}"
            assert response.status_code < 500, told
            assert "Traceback" not in response.text, told

    send()


def _request(case: Case) -> dict[str, Any]:
    """As httpx takes it, without cookies and with headers that may be added to."""
    asked: dict[str, Any] = case.as_transport_kwargs(base_url=BASE)
    asked["headers"] = dict(asked.get("headers") or {})
    asked.pop("cookies", None)
    if isinstance(asked.get("data"), str | bytes):
        asked["content"] = asked.pop("data")  # requests' word for it, and httpx's
    return asked
