"""My second factor: set up with a first code, recovery codes shown once, removed with the password."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response

from console.access import needs
from console.audit.acts import Act
from console.keys import Unreadable
from console.pages import done, pages_of
from console.people.second_factor import SecondFactor, picture
from console.people.signing_in import Refused
from console.roles import Permission
from console.routes.account import refusal_sentence
from console.visitors import address_of, visitor_of

routes = APIRouter()
Typed = Annotated[str, Form()]


@routes.get("/account/code")
@needs(Permission.OWN_ACCOUNT)
def show_code_form(request: Request) -> Response:
    """A QR code for the app; or, where there is one already, new recovery codes and how to remove it."""
    person = visitor_of(request).person
    if person.has_code:
        return _manage(request)
    return _offer(request, _second_factor(request).offer(person.id))


@routes.post("/account/code")
@needs(Permission.OWN_ACCOUNT)
def set_code_up(request: Request, offer: Typed = "", code: Typed = "") -> Response:
    """Keeps the secret once its first code has come, and shows the recovery codes."""
    person, foundation = visitor_of(request).person, request.app.state.foundation
    if person.has_code:
        raise HTTPException(409, "code_is_set")
    with foundation.database.writing() as connection:
        try:
            is_right = _second_factor(request).accept(connection, person.id, offer, code, at=foundation.clock())
        except Unreadable as old:
            raise HTTPException(400, "form") from old
        if is_right:
            codes = _second_factor(request).make_recovery_codes(connection, person.id)
            foundation.note(connection, Act.CODE_SET_UP, by=person.login)
            request.app.state.sessions.end_all(connection, person.id, but=visitor_of(request).token)
    if not is_right:
        return _offer(request, offer, {"code": pages_of(request).labels["problems"]["wrong_first_code"]})
    return pages_of(request).show(request, "recovery_codes.html", codes=codes)


@routes.post("/account/code/recovery")
@needs(Permission.OWN_ACCOUNT)
def make_recovery_codes(request: Request, password: Typed = "") -> Response:
    """New recovery codes; the old ones are void."""
    return _confirmed(request, password) or _new_codes(request)


@routes.post("/account/code/remove")
@needs(Permission.OWN_ACCOUNT)
def remove_code(request: Request, password: Typed = "") -> Response:
    """Signing in by password alone again, where the role allows that."""
    person, state = visitor_of(request).person, request.app.state
    if person.role in state.settings.second_factor_for:
        raise HTTPException(409, "code_is_needed")
    if refused := _confirmed(request, password):
        return refused
    with state.foundation.database.writing() as connection:
        _second_factor(request).remove(connection, person.id)
        state.foundation.note(connection, Act.CODE_REMOVED, by=person.login)
    return done("/account", "code_removed")


def _confirmed(request: Request, password: str) -> Response | None:
    """None if the password is right, else the page that says it is not."""
    person = visitor_of(request).person
    if not person.has_code:
        raise HTTPException(409, "code_is_not_set")
    try:
        request.app.state.signing_in.confirm(person, password, address=address_of(request))
    except Refused as refused:
        return _manage(request, {"password": refusal_sentence(request, refused)})
    return None


def _new_codes(request: Request) -> Response:
    person, foundation = visitor_of(request).person, request.app.state.foundation
    with foundation.database.writing() as connection:
        codes = _second_factor(request).make_recovery_codes(connection, person.id)
        foundation.note(connection, Act.RECOVERY_CODES_MADE, by=person.login)
    return pages_of(request).show(request, "recovery_codes.html", codes=codes)


def _offer(request: Request, offer: str, problems: dict[str, str] | None = None) -> Response:
    person = visitor_of(request).person
    secret = _second_factor(request).offered(person.id, offer)
    shown: dict[str, Any] = {"offer": offer, "secret": secret, "qr": picture(secret, person.login), "problems": problems or {}}
    must_have_code = person.role in request.app.state.settings.second_factor_for
    return pages_of(request).show(request, "code_set_up.html", must_have_code=must_have_code, **shown)


def _manage(request: Request, problems: dict[str, str] | None = None) -> Response:
    person, state = visitor_of(request).person, request.app.state
    with state.foundation.database.reading() as connection:
        left = _second_factor(request).recovery_codes_left(connection, person.id)
    may_remove = person.role not in state.settings.second_factor_for
    return pages_of(request).show(request, "code_manage.html", left=left, may_remove=may_remove, problems=problems or {})


def _second_factor(request: Request) -> SecondFactor:
    return SecondFactor(request.app.state.foundation.keys)
