"""The switch: turns the assistant off for everybody, with a notice for citizens and a reason for colleagues."""

import logging
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from console.access import needs
from console.audit.acts import Act
from console.gateway_client import GatewayAway
from console.pages import done, pages_of
from console.roles import Permission
from console.visitors import visitor_of

routes = APIRouter()
logger = logging.getLogger(__name__)
Typed = Annotated[str, Form()]
LONGEST = 300  # characters of a notice: it stands above every answer


@routes.get("/switch")
@needs(Permission.SWITCH_ASSISTANT)
def show_switch(request: Request) -> Response:
    """How it stands, and the form to turn it."""
    return _page(request)


@routes.post("/switch/off")
@needs(Permission.SWITCH_ASSISTANT)
def switch_off(request: Request, notice: Typed = "", reason: Typed = "") -> Response:
    """From now on every citizen gets the notice."""
    sentences = pages_of(request).labels["problems"]
    typed = {"notice": notice.strip(), "reason": reason.strip()}
    if problems := {name: sentences[name] for name, text in typed.items() if not 0 < len(text) <= LONGEST}:
        return _page(request, typed, problems)
    return _turn(request, typed, is_off=True)


@routes.post("/switch/on")
@needs(Permission.SWITCH_ASSISTANT)
def switch_on(request: Request) -> Response:
    """The assistant answers again."""
    return _turn(request, {"notice": "", "reason": ""}, is_off=False)


def _turn(request: Request, typed: dict[str, str], *, is_off: bool) -> Response:
    person, foundation = visitor_of(request).person, request.app.state.foundation
    try:
        request.app.state.gateway.set_switch(is_off=is_off, by=person.login, **typed)
    except GatewayAway as away:
        logger.warning("%s", away)
        return _page(request, typed)
    with foundation.database.writing() as connection:
        act, told = (Act.SWITCHED_OFF, typed) if is_off else (Act.SWITCHED_ON, {})
        foundation.note(connection, act, by=person.login, **told)
    return done("/switch", act.value)


def _page(request: Request, typed: dict[str, str] | None = None, problems: dict[str, str] | None = None) -> Response:
    switch, status = None, None
    try:
        switch = request.app.state.gateway.read_switch()
    except GatewayAway as away:
        logger.warning("%s", away)
        status = 503
    shown: dict[str, Any] = {"typed": typed or {}, "problems": problems or {}, "longest": LONGEST}
    return pages_of(request).show(request, "switch.html", status=status, switch=switch, **shown)
