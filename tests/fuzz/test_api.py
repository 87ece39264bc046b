"""The gateway's whole API under requests made from its own schema, well-formed and not: nothing answers 5xx."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis

from gateway.app import create_app
from motcua.settings import load_settings
from tests.fakes import FakeBot
from tests.fuzz.asking import Running, ask_all

STAFF = "staff " * 8
SETTINGS = {"MOTCUA_SECRET": "s" * 40, "MOTCUA_BOT_TOKEN": "t" * 30, "MOTCUA_STAFF_TOKEN": STAFF, "MOTCUA_METRICS_TOKEN": STAFF}
LIMITS = dict.fromkeys(("MOTCUA_WRITES_PER_MINUTE", "MOTCUA_READS_PER_MINUTE"), "1000000")
# Against what a stranger sends, and what somebody sends who may.
SCHEMA = schemathesis.openapi.from_dict(
    create_app(load_settings({**SETTINGS, "MOTCUA_DATABASE_URL": "sqlite://", "MOTCUA_PRIVATE_URL": "sqlite://"})).openapi()
)
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = str(tmp_path_factory.mktemp("var"))
    opened = Running(create_app(load_settings({**SETTINGS, **LIMITS, "MOTCUA_VAR": folder}), FakeBot().client()))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def conversation(gateway: Running) -> str:
    return str(gateway.ask(method="POST", url="/api/conversations").json()["conversation"])


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_fails_within(name: str, gateway: Running, conversation: str) -> None:
    operation = OPERATIONS[name]

    def ask(asked: dict[str, Any]) -> Iterator[httpx.Response]:
        for key in ("", STAFF if operation.path.startswith(("/staff", "/metrics")) else conversation):
            asked["headers"] |= {"Prefer": "respond-async", "Authorization": f"Bearer {key}"}
            yield gateway.ask(**asked)

    ask_all(operation, ask)
