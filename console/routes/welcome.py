"""One-time links: somebody invited, or somebody who lost their password, chooses one."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from console.access import open_to_all
from console.pages import pages_of
from console.people import passwords
from console.people.links import Links
from console.people.person import Person

routes = APIRouter()
Typed = Annotated[str, Form()]


@routes.get("/welcome/{token}")
@open_to_all
def show_welcome(request: Request, token: str) -> Response:
    """The form for a password."""
    return _form(request, _owner(request, token))


@routes.post("/welcome/{token}")
@open_to_all
def choose_password(request: Request, token: str, password: Typed = "", again: Typed = "") -> Response:
    """Keeps it, and lets the person sign in with it."""
    person = _owner(request, token)
    if problems := password_problems(request, person, password, again):
        return _form(request, person, problems)
    foundation = request.app.state.foundation
    with foundation.database.writing() as connection:
        # Looked up once more, in the transaction that uses it up: twice at the same time is once.
        if Links(foundation.keys).use(connection, token, at=foundation.clock()) is None:
            raise HTTPException(404, "link")
        request.app.state.signing_in.by_link(connection, person, password)
    return RedirectResponse("/sign-in?done=password_chosen", 303)


def password_problems(request: Request, person: Person, password: str, again: str) -> dict[str, str]:
    """What is wrong with a new password typed twice, by field."""
    sentences = pages_of(request).labels["problems"]
    if fault := passwords.fault(password, person.login, person.name):
        return {"password": sentences[fault]}
    return {} if password == again else {"again": sentences["password_differs"]}


def _owner(request: Request, token: str) -> Person:
    foundation = request.app.state.foundation
    with foundation.database.reading() as connection:
        person = Links(foundation.keys).find(connection, token, at=foundation.clock())
    if person is None:
        raise HTTPException(404, "link")
    return person


def _form(request: Request, owner: Person, problems: dict[str, str] | None = None) -> Response:
    return pages_of(request).show(request, "welcome.html", owner=owner, problems=problems or {})
