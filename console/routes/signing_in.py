"""Signing in and out."""

import logging
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from console.access import needs, open_to_all
from console.pages import pages_of
from console.people.office_account import OfficeAccount, OfficeFault
from console.people.sessions import Stage
from console.people.signing_in import Refused
from console.roles import Permission
from console.visitors import address_of, drop_cookie, keep_cookie, visitor_of

routes = APIRouter()
logger = logging.getLogger(__name__)
Typed = Annotated[str, Form()]


@routes.get("/sign-in")
@open_to_all
def show_sign_in(request: Request, next: str = "/") -> Response:
    """The form; who is signed in goes on."""
    session = visitor_of(request).session
    if session and session.stage is not Stage.HALF:
        return RedirectResponse(own_path(next), 303)
    return _form(request, next)


@routes.post("/sign-in")
@open_to_all
def sign_in(request: Request, login: Typed = "", password: Typed = "", next: Typed = "/") -> Response:
    """First step: login and password."""
    try:
        token, stage = request.app.state.signing_in.by_password(login, password, address=address_of(request))
    except Refused as refused:
        return _form(request, next, login=login, refused=refused)
    onward = own_path(next) if stage is Stage.WHOLE else f"/sign-in/code?next={own_path(next)}"
    return _go(request, onward, token)


@routes.get("/sign-in/code")
@open_to_all
def show_code(request: Request, next: str = "/") -> Response:
    """The form for the second step."""
    session = visitor_of(request).session
    if session is None or session.stage is not Stage.HALF:
        return RedirectResponse("/sign-in", 303)
    return pages_of(request).show(request, "sign_in_code.html", next=own_path(next))


@routes.post("/sign-in/code")
@open_to_all
def sign_in_with_code(request: Request, code: Typed = "", next: Typed = "/") -> Response:
    """Second step: six digits, or a recovery code."""
    visitor = visitor_of(request)
    if visitor.session is None or visitor.session.stage is not Stage.HALF:
        return RedirectResponse("/sign-in", 303)
    try:
        token = request.app.state.signing_in.by_code(visitor.person, code, address=address_of(request))
    except Refused as refused:
        problems = {"code": _sentence(request, "locked" if refused.is_locked else "wrong_code")}
        return pages_of(request).show(request, "sign_in_code.html", next=own_path(next), problems=problems)
    with request.app.state.foundation.database.writing() as connection:
        request.app.state.sessions.end(connection, visitor.token)
    return _go(request, own_path(next), token)


@routes.post("/sign-out")
@needs(Permission.OWN_ACCOUNT)
def sign_out(request: Request) -> Response:
    """Ends this session."""
    visitor = visitor_of(request)
    request.app.state.signing_in.sign_out(visitor.person, visitor.token)
    response = RedirectResponse("/sign-in?done=signed_out", 303)
    drop_cookie(request, response)
    return response


@routes.get("/sign-in/office")
@open_to_all
async def leave_for_office(request: Request) -> Response:
    """To the provider of the office's accounts."""
    office = _office(request)
    try:
        response: Response = await office.leave(request, str(request.url_for("come_back_from_office")))
    except OfficeFault as fault:
        return _office_failed(request, fault)
    return response


@routes.get("/sign-in/office/back")
@open_to_all
async def come_back_from_office(request: Request) -> Response:
    """Back from the provider."""
    try:
        vouched = await _office(request).come_back(request)
    except OfficeFault as fault:
        return _office_failed(request, fault)
    enter = request.app.state.signing_in.by_office
    try:
        token = await run_in_threadpool(enter, vouched.login, vouched.subject, address=address_of(request))
    except Refused:
        return _form(request, "/", problem="not_invited")
    return _go(request, "/", token)


def own_path(wanted: str) -> str:
    """A path of the console; anything that could lead elsewhere becomes the first page."""
    is_own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if is_own else "/"


def _go(request: Request, path: str, token: str) -> Response:
    response = RedirectResponse(path, 303)
    keep_cookie(request, response, token)
    return response


def _form(request: Request, next: str, *, login: str = "", refused: Refused | None = None, problem: str = "") -> Response:
    if refused:
        problem = "locked" if refused.is_locked else "wrong_password"
    office = request.app.state.settings.oidc
    return pages_of(request).show(
        request,
        "sign_in.html",
        login=login,
        next=own_path(next),
        problems={"login": _sentence(request, problem)} if problem else {},
        office=office.name if office else "",
    )


def _office(request: Request) -> OfficeAccount:
    if request.app.state.office is None:
        raise HTTPException(404)
    office: OfficeAccount = request.app.state.office
    return office


def _office_failed(request: Request, fault: OfficeFault) -> Response:
    logger.warning("Signing in with the office's account: %s", fault)
    return _form(request, "/", problem="office_failed")


def _sentence(request: Request, key: str) -> str:
    return str(pages_of(request).labels["problems"][key])
