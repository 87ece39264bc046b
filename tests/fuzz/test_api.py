"""The gateway's whole API under requests made from its own schema, well-formed and not: nothing answers 5xx."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import one_of
from schemathesis import Case, GenerationMode

from gateway.app import create_app
from motcua.settings import load_settings
from tests.fakes import FakeBot

EXAMPLES = 15  # for each operation; the same ones in every run
STAFF = "staff " * 8
SETTINGS = {"MOTCUA_SECRET": "s" * 40, "MOTCUA_BOT_TOKEN": "t" * 30, "MOTCUA_STAFF_TOKEN": STAFF, "MOTCUA_METRICS_TOKEN": STAFF}
LIMITS = dict.fromkeys(("MOTCUA_WRITES_PER_MINUTE", "MOTCUA_READS_PER_MINUTE"), "1000000")
# Against what a stranger sends, and what somebody sends who may.
OPERATIONS = schemathesis.openapi.from_dict(
    create_app(load_settings({**SETTINGS, "MOTCUA_DATABASE_URL": "sqlite://", "MOTCUA_PRIVATE_URL": "sqlite://"})).openapi()
)
NAMES = [operation.ok().label for operation in OPERATIONS.get_all_operations()]


class Gateway:
    """A running gateway in this process, asked without waiting for anything but its answer."""

    def __init__(self, folder: str) -> None:
        self._loop, self._open = asyncio.Runner(), AsyncExitStack()
        app = create_app(load_settings({**SETTINGS, **LIMITS, "MOTCUA_VAR": folder}), FakeBot().client())
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway")
        self._loop.run(self._open.enter_async_context(app.router.lifespan_context(app)))
        self.conversation = str(self.ask(method="POST", url="/api/conversations").json()["conversation"])

    def ask(self, **request: Any) -> httpx.Response:
        return self._loop.run(self._client.request(**request))

    def close(self) -> None:
        self._loop.run(self._open.aclose())
        self._loop.close()


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    opened = Gateway(str(tmp_path_factory.mktemp("var")))
    yield opened
    opened.close()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_fails_within(name: str, gateway: Gateway) -> None:
    operation = next(found.ok() for found in OPERATIONS.get_all_operations() if found.ok().label == name)
    cases = one_of(operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE))

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=cases)
    def send(case: Case) -> None:
        for key in ("", STAFF if operation.path.startswith(("/staff", "/metrics")) else gateway.conversation):
            asked: dict[str, Any] = case.as_transport_kwargs(base_url="http://gateway")
            asked["headers"] = {**dict(asked.get("headers") or {}), "Prefer": "respond-async", "Authorization": f"Bearer {key}"}
            asked.pop("cookies", None)  # the one there is holds what the header holds
            if isinstance(asked.get("data"), str | bytes):
                asked["content"] = asked.pop("data")  # requests' word for it, and httpx's
            response = gateway.ask(**asked)
            assert response.status_code < 500, f"{case.as_curl_command()} → {response.status_code} {response.text[:200]}"

    send()
