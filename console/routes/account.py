"""My account: password and sessions."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from console.access import needs
from console.audit.acts import Act
from console.pages import done, pages_of
from console.people.second_factor import SecondFactor
from console.people.signing_in import Refused
from console.roles import Permission
from console.routes.welcome import password_problems
from console.visitors import address_of, visitor_of

routes = APIRouter()
Typed = Annotated[str, Form()]


@routes.get("/account")
@needs(Permission.OWN_ACCOUNT)
def show_account(request: Request) -> Response:
    """Who I am here, and how I sign in."""
    return _page(request)


@routes.post("/account/password")
@needs(Permission.OWN_ACCOUNT)
def change_password(request: Request, old: Typed = "", password: Typed = "", again: Typed = "") -> Response:
    """Another password; sessions on other devices end."""
    visitor = visitor_of(request)
    if problems := password_problems(request, visitor.person, password, again):
        return _page(request, problems)
    change = request.app.state.signing_in.change_password
    try:
        change(visitor.person, old, password, token=visitor.token, address=address_of(request))
    except Refused as refused:
        return _page(request, {"old": refusal_sentence(request, refused)})
    return done("/account", "password_changed")


@routes.post("/account/sessions")
@needs(Permission.OWN_ACCOUNT)
def end_other_sessions(request: Request) -> Response:
    """Signs me out everywhere but here."""
    visitor, foundation = visitor_of(request), request.app.state.foundation
    with foundation.database.writing() as connection:
        request.app.state.sessions.end_all(connection, visitor.person.id, but=visitor.token)
        foundation.note(connection, Act.SESSIONS_ENDED, by=visitor.person.login)
    return done("/account", "sessions_ended")


def refusal_sentence(request: Request, refused: Refused) -> str:
    """What to say where somebody signed in is asked for the password once more."""
    return str(pages_of(request).labels["problems"]["locked" if refused.is_locked else "wrong_old_password"])


def _page(request: Request, problems: dict[str, str] | None = None) -> Response:
    person, state = visitor_of(request).person, request.app.state
    with state.foundation.database.reading() as connection:
        shown: dict[str, Any] = {
            "sessions": state.sessions.count(connection, person.id),
            "codes_left": SecondFactor(state.foundation.keys).recovery_codes_left(connection, person.id),
        }
    must_have_code = person.role in state.settings.second_factor_for
    return pages_of(request).show(
        request,
        "account.html",
        problems=problems or {},
        must_have_code=must_have_code,
        **shown,
    )
