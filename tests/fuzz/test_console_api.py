"""The staff console under requests made from its own schema, well-formed and not: nothing answers 5xx.

It runs on PostgreSQL, which takes less than SQLite does: no NUL, no number beyond its column.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.routing import APIRoute
from schemathesis.schemas import APIOperation

from console.app import create_app
from console.improving.runner import COMMANDS, Runner
from console.people.sessions import Stage
from console.roles import Role
from console.routes import ROUTES
from console.settings import load_console_settings
from motcua.conversations.filters import FACETS, Filters
from motcua.conversations.finding import find_turns
from motcua.conversations.moments import now_ms
from motcua.conversations.proposals import propose
from motcua.conversations.runs import begin_run
from motcua.conversations.turns import Turn
from motcua.conversations.views import save_view
from tests.console.browsing import cookie_of
from tests.console.checkouts import make_checkout
from tests.console.conftest import Clock, Console
from tests.console.fake_gateway import FakeGateway
from tests.fuzz.asking import Running, ask_all
from tests.postgres import running_postgres

NAMES = [
    f"{method} {route.path}"
    for routes in ROUTES
    for route in routes.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods)
]
ENTITLED, COLLEAGUE, CALL, CODE = "thu", "lan", "cuoc-1", "1.001193"
DAYS = ("2026-11-18", "2026-02-30", "0001-01-01")
ODD = ("\x00", "²", "99999999999999999999", "../..", "chữ " * 600, "9999-12-31")
# What is there to be asked for, by the name of a parameter or a field.
KNOWN: Mapping[str, Sequence[Any]] = {
    "number": (1,), "code": (CODE,), "procedure": (CODE,), "conversation": (CALL,), "name": (CALL,),
    "kind": ("csv", "xlsx", "example", "guide_change"), "since": DAYS, "until": DAYS, "suggestion": (f"procedure:{CODE}",),
    "verdict": ("right", "wrong"), "intent": ("ask_fee",), "section": ("fee",), "entities": ("place: Võ Cường",),
    "reviewer": (ENTITLED,), "gone": (ENTITLED,), "role": tuple(Role), "login": (COLLEAGUE, "moi.vao"), "confidence": ("0-40",),
    "written": ("reply-0001",), "asked": ("asked-0001",), "query": ("q=%00", "until=9999-12-31", "tag=x"), "example": (1,),
    "add": ("papers", "cases.0.papers", "overrides"), "remove": ("papers.0", "papers.999"),
}  # fmt: skip
PLACES: Mapping[str, Mapping[str, Sequence[Any]]] = {
    "/people": {"number": (2, 1)},
    "/approvals": {"name": ("draft-0001",)},
    "/exports": {"name": ("turns", "conversations")},
}
FILTERS = ("q", "match", "since", "until", "unread_by", "confidence", "at_least", "at_most", *FACETS)
FACTS = (
    "name",
    "papers.0.name",
    "papers.0",
    "cases.0.papers.0.name",
    "questions.fee",
    "where.x",
    "fee.0",
    "overrides.0.numbers",
)
# What handlers read by themselves, which no schema tells.
UNTOLD: Mapping[str, Sequence[str]] = {
    "GET /conversations": FILTERS,
    "GET /exports/{name}.{kind}": FILTERS,
    "POST /guides/{code}": ("add", "remove", "preview", "base", *FACTS),
    "POST /guides/{code}/preview": FACTS,
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The console, with something of everything in it."""
    folder = tmp_path_factory.mktemp("var")
    with running_postgres() as url:
        hurried = "?options=-csynchronous_commit%3Doff"
        environment = {
            "MOTCUA_VAR": str(folder), "MOTCUA_CONSOLE_SECRET": "s" * 40, "MOTCUA_CONSOLE_URL": f"{url}{hurried}",
            "MOTCUA_CONVERSATIONS_URL": f"{url.removesuffix('postgres')}template1{hurried}",  # a new server's other database
            "MOTCUA_SECOND_FACTOR_FOR": "", "MOTCUA_PUBLIC_URL": "http://phone",
            "MOTCUA_GUIDES_CHECKOUT": str(make_checkout(folder / "checkout")),
        }  # fmt: skip
        gateway = FakeGateway()
        client = httpx.Client(transport=httpx.MockTransport(gateway), base_url="http://gateway")
        app = create_app(load_console_settings(environment), clock=Clock(), gateway=client)
        _fill(Console(app, app.state.foundation.clock, gateway))
        yield app


@pytest.fixture(scope="module")
def running(app: FastAPI) -> Iterator[Running]:
    opened = Running(app)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def operations(app: FastAPI) -> Mapping[str, APIOperation]:
    schema = app.openapi()
    with app.state.conversations.reading() as connection:
        turn = find_turns(connection, Filters()).turns[0]["id"]
    for path, methods in schema["paths"].items():
        here = {"/turns": {"number": (turn,)}, **PLACES}.get(f"/{path.split('/')[1]}", {})
        for method, told in methods.items():
            _tell(told, UNTOLD.get(f"{method.upper()} {path}", ()), is_form=method == "post")
            for parameter in told.get("parameters", ()):
                known = here.get(parameter["name"], KNOWN.get(parameter["name"], ()))
                is_place = parameter["in"] == "path" and known
                parameter["schema"] = {"enum": list(known)} if is_place else _any_of(known, parameter["schema"])
    for form in schema["components"]["schemas"].values():
        form["properties"] = {name: _any_of(KNOWN.get(name, ()), field) for name, field in form.get("properties", {}).items()}
    found = schemathesis.openapi.from_dict(schema).get_all_operations()
    return {operation.ok().label: operation.ok() for operation in found}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_fails_within(name: str, app: FastAPI, running: Running, operations: Mapping[str, APIOperation]) -> None:
    """Against what a stranger sends, and what an administrator does: each request from a session of its own."""
    stage = Stage.HALF if name == "POST /sign-in/code" else Stage.WHOLE

    def ask(asked: dict[str, Any]) -> Iterator[httpx.Response]:
        yield running.ask(**asked)
        asked["headers"] |= _signed_in(app, stage)
        yield running.ask(**asked)

    ask_all(operations[name], ask)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_fails_of_what_is_odd(
    name: str, app: FastAPI, running: Running, operations: Mapping[str, APIOperation]
) -> None:
    """In the place of each part of the path and of each field, where all else is as it should be."""
    operation, headers = operations[name], _signed_in(app, Stage.WHOLE)
    places = {place.name: place.definition["schema"].get("enum", ["x"])[0] for place in operation.path_parameters}
    names = [field.name for field in operation.query]
    names += [field for body in operation.body for field in body.definition["schema"].get("properties", ())]
    fields = {field: KNOWN[field][0] for field in names if field in KNOWN and field not in UNTOLD.get(name, ())}
    part = "data" if operation.method == "post" else "params"
    asked = [(places, fields)]
    asked += [({**places, place: odd}, fields) for place in places for odd in ODD]
    asked += [(places, {**fields, field: odd}) for field in names for odd in ODD]
    for path, sent in asked:
        url = operation.path.format(**{place: quote(str(value), safe="") for place, value in path.items()})
        response = running.ask(method=operation.method, url=url, headers=headers, **{part: sent})
        assert response.status_code < 500, f"{url} {sent} → {response.status_code} {response.text[:200]}"


def _fill(console: Console) -> None:
    state = console.app.state
    number = console.hire(ENTITLED, Role.ADMINISTRATOR)
    console.hire(COLLEAGUE, Role.VOLUNTEER)
    state.runner = Runner(state.conversations, state.settings.shared, dict.fromkeys(COMMANDS, (sys.executable, "-c", "")))
    state.conversations.keep(
        Turn(CALL, "tin-1", now_ms(), said="tốn nhiêu xèng", status="answered_from_guide", intent="ask_place")
    )
    with state.conversations.writing() as connection:
        turn = find_turns(connection, Filters()).turns[0]["id"]
        propose(connection, turn, "example", {"intent": "ask_fee", "text": "tốn nhiêu xèng"}, by=ENTITLED)
        save_view(connection, owner=ENTITLED, name="tất cả", filters=Filters(), is_shared=False)
        begin_run(connection, "candidate", by=ENTITLED)
    console.gateway.ask(CALL)
    state.drafts.keep(CALL, COLLEAGUE, id="draft-0001", text="Chào Anh/Chị.")
    state.residents.begin(state.directory.find(number))


def _signed_in(app: FastAPI, stage: Stage) -> dict[str, str]:
    """What a browser sends with a form of ours. Somebody may have made somebody else of us meanwhile."""
    state = app.state
    person = state.directory.by_login(ENTITLED)
    state.directory.change(person, name=person.name, role=Role.ADMINISTRATOR, place="", by="test")
    with state.foundation.database.writing() as connection:
        token = state.sessions.begin(connection, person.id, stage)
    return {"Cookie": f"console={cookie_of(app, token)}", "X-CSRF-Token": state.foundation.keys.digest("csrf", token)}


def _tell(operation: dict[str, Any], names: Sequence[str], *, is_form: bool) -> None:
    if is_form and names:
        form = {"type": "object", "properties": {name: _any_of(KNOWN.get(name, ()), {"type": "string"}) for name in names}}
        operation["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
    elif names:
        told = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]
        operation["parameters"] = [*operation.get("parameters", ()), *told]


def _any_of(known: Sequence[Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema, or what is there to be asked for, or what is odd."""
    return {"anyOf": [*([{"enum": list(known)}] if known else []), {"enum": list(ODD)}, schema]}
