"""Who gets in: each route says beside its path what it needs, and this is asked before any of them runs."""

import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, TypeVar

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.routing import BaseRoute

from console.people.sessions import Stage
from console.roles import Permission
from console.visitors import Visitor, csrf_token, read_visitor

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
_ATTRIBUTE = "console_rule"
_READING = ("GET", "HEAD")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # PostgreSQL keeps no NUL, and half a surrogate has no bytes
OPEN = "open"  # the rule of pages for those who are not signed in


class RouteWithoutRule(TypeError):
    """A route that does not say who may use it: the console does not start."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: add @needs(Permission.…) or @open_to_all below the route (console/access.py).")


class SignInFirst(Exception):
    """Nobody is signed in, or not all the way: `step` is the page that comes next."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step


def needs(permission: Permission) -> Callable[[Endpoint], Endpoint]:
    """Below a route: only for those whose role has this permission (console/roles.py)."""
    return _mark(permission)


def open_to_all(endpoint: Endpoint) -> Endpoint:
    """Below a route: for everybody, signed in or not."""
    return _mark(OPEN)(endpoint)


def rule_of(route: BaseRoute) -> Permission | str:
    """What a route needs. Raises RouteWithoutRule."""
    rule: Permission | str | None = getattr(getattr(route, "endpoint", None), _ATTRIBUTE, None)
    if rule is None:
        raise RouteWithoutRule(str(getattr(route, "path", route)))
    return rule


def require_rules(routers: Iterable[APIRouter]) -> None:
    """Raises RouteWithoutRule for the first route that has none. One added past this is refused when it is asked for."""
    for router in routers:
        for route in router.routes:
            rule_of(route)


async def admit(request: Request) -> None:
    """A dependency of the whole app. Raises SignInFirst or HTTPException; `request.state.visitor` is who asks."""
    rule = rule_of(request.scope["route"])
    visitor = request.state.visitor = await run_in_threadpool(read_visitor, request)
    form = FormData() if request.method in _READING else await _read_form(request)
    _require_text(request, form)
    if request.method not in _READING:
        _require_own_form(request, form, visitor)
    if isinstance(rule, Permission):
        _require(rule, visitor, request)


async def _read_form(request: Request) -> FormData:
    try:
        return await request.form()
    except ValueError as error:  # in an encoding there is not, or broken off
        raise HTTPException(400, "form") from error


def _require_text(request: Request, form: FormData) -> None:
    """What can be kept and shown, wherever it stands."""
    fields = chain.from_iterable((*request.query_params.multi_items(), *form.multi_items()))
    if any(isinstance(part, str) and _NO_TEXT.search(part) for part in (*request.path_params.values(), *fields)):
        raise HTTPException(400, "form")


def _require_own_form(request: Request, form: FormData, visitor: Visitor) -> None:
    """What changes something comes from a form of ours, shown to this visitor."""
    sent = request.headers.get("x-csrf-token") or form.get("csrf")
    if not visitor.owns(sent, csrf_token(request, visitor)) or request.headers.get("sec-fetch-site") == "cross-site":
        raise HTTPException(403, "form")


def _require(permission: Permission, visitor: Visitor, request: Request) -> None:
    session = visitor.session
    if session is None:
        raise SignInFirst("/sign-in")
    if session.stage is Stage.HALF:
        raise SignInFirst("/sign-in/code")
    if not session.person.may(permission):
        raise HTTPException(403, "role")
    must_set_up = session.person.role in request.app.state.settings.second_factor_for and not session.person.has_code
    if must_set_up and session.stage is Stage.WHOLE and permission is not Permission.OWN_ACCOUNT:
        raise SignInFirst("/account/code")


def _mark(rule: Permission | str) -> Callable[[Endpoint], Endpoint]:
    def marked(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _ATTRIBUTE, rule)
        return endpoint

    return marked
