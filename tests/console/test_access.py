"""Broken access: every route is walked as every role and as nobody."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

from console.access import OPEN, RouteWithoutRule, open_to_all, require_rules, rule_of
from console.people.sessions import Stage
from console.roles import Permission, Role, may
from console.routes import ROUTES
from tests.console.conftest import Console, OpenConsole

WALKED = [route for router in ROUTES for route in router.routes if isinstance(route, APIRoute)]
ASKED = [(method, route) for route in WALKED for method in sorted(route.methods - {"HEAD"})]
NAMES = [f"{method} {route.path}" for method, route in ASKED]


@pytest.fixture
async def console(open_console: OpenConsole) -> AsyncIterator[Console]:
    async with open_console() as opened:
        opened.hire("root", Role.ADMINISTRATOR)
        yield opened


def _path(route: APIRoute, other: int) -> str:
    return re.sub(r"\{(\w+)[^}]*\}", lambda found: str(other) if found[1] == "number" else "1.001193", route.path)


@pytest.mark.parametrize(("method", "route"), ASKED, ids=NAMES)
async def test_each_role_reaches_what_it_may_and_nothing_else(console: Console, method: str, route: APIRoute) -> None:
    rule = rule_of(route)
    for role in Role:
        other = console.hire(f"other.{role}", Role.VOLUNTEER)
        browser = console.signed_in(f"me.{role}", role)
        token = re.search(r'name="csrf" value="(\w+)"', (await browser.open("/account")).response.text)
        assert token
        browser.client.follow_redirects = False
        response = await browser.client.request(
            method, _path(route, other), data={"csrf": token[1]} if method == "POST" else None
        )
        if isinstance(rule, Permission) and not may(role, rule):
            assert response.status_code == 403, f"{role} reached {method} {route.path}"
        else:
            assert response.status_code not in (401, 403, 422 if method == "GET" else 0, 500), f"{role} was kept out"
            assert not response.headers.get("location", "").startswith("/sign-in?next")


@pytest.mark.parametrize(("method", "route"), ASKED, ids=NAMES)
async def test_nobody_reaches_only_what_is_open(console: Console, method: str, route: APIRoute) -> None:
    browser = console.browser()
    token = re.search(r'name="csrf" value="(\w+)"', (await browser.open("/sign-in")).response.text)
    assert token
    browser.client.follow_redirects = False
    response = await browser.client.request(method, _path(route, 1), data={"csrf": token[1]} if method == "POST" else None)
    if rule_of(route) == OPEN:
        assert response.status_code in (200, 303, 404, 422)
        return
    assert response.status_code == 303
    assert response.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize(("method", "route"), [one for one in ASKED if one[0] == "POST"])
async def test_a_form_that_is_not_ours_changes_nothing(console: Console, method: str, route: APIRoute) -> None:
    other = console.hire("other", Role.VOLUNTEER)
    for sent in ({}, {"csrf": "0" * 64}):
        browser = console.browser(console.session(console.app.state.directory.by_login("root").id))
        response = await browser.client.post(_path(route, other), data=sent)
        assert response.status_code == 403
        assert "tải lại trang" in response.text


async def test_a_form_shown_to_another_session_is_not_taken(console: Console) -> None:
    mine, theirs = console.signed_in("mine", Role.ADMINISTRATOR), console.signed_in("theirs", Role.ADMINISTRATOR)
    token = re.search(r'name="csrf" value="(\w+)"', (await theirs.open("/account")).response.text)
    assert token
    assert (await mine.send("/people/new", csrf=token[1], login="new.one")).response.status_code == 403


async def test_a_form_sent_from_another_site_is_not_taken(console: Console) -> None:
    browser = console.signed_in("mine", Role.ADMINISTRATOR)
    form = (await browser.open("/account")).page.pressing("Đăng xuất")
    response = await browser.client.post(form.action, data=form.fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


async def test_half_signed_in_is_not_signed_in(console: Console) -> None:
    person = console.hire("half", Role.ADMINISTRATOR)
    browser = console.browser(console.session(person, Stage.HALF))
    for path in ("/", "/account", "/people"):
        assert (await browser.open(path)).path == "/sign-in/code"
        assert "half" not in browser.text


@pytest.mark.parametrize("path", ["/conversations/%00", "/audit?by=%00", "/dashboards?channel=a%00b"])
async def test_an_address_that_no_database_keeps_is_refused(console: Console, path: str) -> None:
    assert (await console.signed_in("boss", Role.ADMINISTRATOR).open(path)).response.status_code == 400


async def test_an_address_that_cannot_be_read_is_refused(console: Console) -> None:
    async def damaged(scope: Scope, receive: Receive, send: Send) -> None:
        await console.app({**scope, "query_string": b"next=\xff"}, receive, send)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(damaged), base_url=console.url) as client:
        assert (await client.get("/sign-in")).status_code == 400


async def test_a_length_that_is_no_number_is_refused(console: Console) -> None:
    response = await console.browser().client.get("/sign-in", headers=[(b"Content-Length", "²".encode("latin-1"))])
    assert response.status_code == 413


async def test_a_field_that_no_database_keeps_is_refused(console: Console) -> None:
    boss = console.signed_in("boss", Role.ADMINISTRATOR)
    await boss.open("/switch")
    await boss.press("Tắt trợ lý ngay", notice="Tạm nghỉ\0", reason="thử")
    assert boss.response.status_code == 400


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/people/new"])
@pytest.mark.parametrize(
    ("encoding", "typed"), [("utf-7", "+2AA-"), ("undefined", "x"), ("unicode_escape", r"\ud800"), ("utf-8\0", "x")]
)
async def test_a_form_in_a_strange_encoding_is_refused(console: Console, path: str, encoding: str, typed: str) -> None:
    boss = console.signed_in("boss", Role.ADMINISTRATOR)
    part = f'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{typed}\r\n--x--\r\n'
    kind = f'multipart/form-data; charset="{encoding}"; boundary=x'
    response = await boss.client.post(path, content=part.encode(), headers={"Content-Type": kind})
    assert response.status_code == 400


async def test_a_form_that_breaks_off_is_refused(console: Console) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    response = await console.signed_in("boss", Role.ADMINISTRATOR).client.post("/sign-out", content=b"--y\r\n", headers=kind)
    assert response.status_code == 400


def test_a_route_without_a_rule_stops_the_start() -> None:
    router = APIRouter()
    router.get("/secret")(lambda: "told")
    with pytest.raises(RouteWithoutRule, match="/secret: add @needs"):
        require_rules([router])


async def test_a_route_added_later_without_a_rule_is_refused(console: Console) -> None:
    console.app.get("/late")(lambda: "told")
    response = await console.browser().client.get("/late")
    assert response.status_code == 500
    assert "told" not in response.text


async def test_nothing_else_is_mounted_but_static_files(console: Console) -> None:
    outside = [route for route in console.app.routes if getattr(route, "path", None) is not None]
    assert [route.path for route in outside] == ["/static"]


def test_every_role_and_permission_is_in_use() -> None:
    rules = {rule_of(route) for route in WALKED}
    assert rules == {*Permission, OPEN}
    assert open_to_all(lambda: None)


async def test_every_page_carries_its_headers(console: Console) -> None:
    for path in ("/sign-in", "/no-such-page", "/static/console.css"):
        headers = (await console.browser().client.get(path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"].startswith("public")
    assert (await console.browser().client.get("/sign-in")).headers["cache-control"] == "no-store"


async def test_a_body_that_is_too_big_is_refused(console: Console) -> None:
    response = await console.browser().client.post("/sign-in", data={"login": "x" * 600_000})
    assert response.status_code == 413
