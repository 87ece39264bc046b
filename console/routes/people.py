"""People: who works here, with which role. For administrators."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Path, Request, Response

from console.access import needs
from console.pages import done, pages_of
from console.people.directory import LastAdministrator, LoginTaken
from console.people.links import HOURS
from console.people.person import Person, is_login, read_login
from console.roles import Permission, Role
from console.tables import MOST
from console.visitors import visitor_of

routes = APIRouter()
Typed = Annotated[str, Form()]
Number = Annotated[int, Path(ge=1, le=MOST)]


@dataclass(frozen=True)
class Details:
    """What the form about a person says."""

    name: Typed = ""
    role: Typed = ""
    place: Typed = ""


@routes.get("/people")
@needs(Permission.MANAGE_PEOPLE)
def list_people(request: Request) -> Response:
    """Everybody."""
    return pages_of(request).show(
        request, "people.html", people=request.app.state.directory.everybody(), places=_places(request)
    )


@routes.get("/people/new")
@needs(Permission.MANAGE_PEOPLE)
def show_invitation(request: Request) -> Response:
    """The form to invite somebody."""
    return _invitation(request, Details(role=Role.VOLUNTEER))


@routes.post("/people/new")
@needs(Permission.MANAGE_PEOPLE)
def invite(request: Request, details: Annotated[Details, Depends()], login: Typed = "") -> Response:
    """Adds somebody, and shows the link that lets them in, once."""
    login = read_login(login)
    problems = {} if is_login(login) else {"login": _sentence(request, "login")}
    if problems := {**problems, **_problems(request, details)}:
        return _invitation(request, details, login, problems)
    name, role, place = details.name.strip(), Role(details.role), details.place
    try:
        token = request.app.state.directory.invite(login, name=name, role=role, place=place, by=_me(request).login)
    except LoginTaken:
        return _invitation(request, details, login, {"login": _sentence(request, "login_taken")})
    return _link(request, request.app.state.directory.by_login(login), token)


@routes.get("/people/{number}")
@needs(Permission.MANAGE_PEOPLE)
def show_person(request: Request, number: Number) -> Response:
    """One person, and what can be changed."""
    return _person(request, _find(request, number))


@routes.post("/people/{number}")
@needs(Permission.MANAGE_PEOPLE)
def change_person(request: Request, number: Number, details: Annotated[Details, Depends()]) -> Response:
    """Another name, role or place."""
    person = _find(request, number)
    if problems := _problems(request, details):
        return _person(request, person, problems)
    name, role, place = details.name.strip(), Role(details.role), details.place
    try:
        request.app.state.directory.change(person, name=name, role=role, place=place, by=_me(request).login)
    except LastAdministrator:
        return _person(request, person, {"role": _sentence(request, "last_administrator")})
    return done(f"/people/{number}", "person_changed")


@routes.post("/people/{number}/link")
@needs(Permission.MANAGE_PEOPLE)
def make_link(request: Request, number: Number) -> Response:
    """A new link, for somebody who has not come in yet."""
    person = _find(request, number)
    if not (person.is_active and person.is_invited):
        raise HTTPException(409, "link_not_needed")
    return _link(request, person, request.app.state.directory.make_link(person, by=_me(request).login))


@routes.post("/people/{number}/reset")
@needs(Permission.MANAGE_PEOPLE)
def reset(request: Request, number: Number) -> Response:
    """Voids password and second factor, and shows a link to begin anew."""
    person = _find(request, number)
    if not person.is_active or person.id == _me(request).id:
        raise HTTPException(409, "not_oneself")
    return _link(request, person, request.app.state.directory.reset(person, by=_me(request).login))


@routes.post("/people/{number}/deactivate")
@needs(Permission.MANAGE_PEOPLE)
def deactivate(request: Request, number: Number) -> Response:
    """Keeps somebody out from now on."""
    person = _find(request, number)
    if person.id == _me(request).id:
        raise HTTPException(409, "not_oneself")
    try:
        request.app.state.directory.deactivate(person, by=_me(request).login)
    except LastAdministrator as last:
        raise HTTPException(409, "not_oneself") from last
    return done(f"/people/{number}", "deactivated")


@routes.post("/people/{number}/reactivate")
@needs(Permission.MANAGE_PEOPLE)
def reactivate(request: Request, number: Number) -> Response:
    """Lets somebody in again."""
    request.app.state.directory.reactivate(_find(request, number), by=_me(request).login)
    return done(f"/people/{number}", "reactivated")


def _me(request: Request) -> Person:
    return visitor_of(request).person


def _find(request: Request, number: int) -> Person:
    person: Person | None = request.app.state.directory.find(number)
    if person is None:
        raise HTTPException(404)
    return person


def _problems(request: Request, details: Details) -> dict[str, str]:
    problems = {}
    if not (0 < len(details.name.strip()) <= 128 and details.name.isprintable()):
        problems["name"] = _sentence(request, "name")
    if details.role not in set(Role):
        problems["role"] = _sentence(request, "role")
    if details.place and details.place not in _places(request):
        problems["place"] = _sentence(request, "place")
    return problems


def _places(request: Request) -> dict[str, str]:
    """Names of the wards and communes by code."""
    places: dict[str, str] = request.app.state.places
    return places


def _sentence(request: Request, key: str) -> str:
    return str(pages_of(request).labels["problems"][key])


def _invitation(request: Request, details: Details, login: str = "", problems: dict[str, str] | None = None) -> Response:
    shown: dict[str, Any] = {
        "details": details,
        "login": login,
        "roles": list(Role),
        "places": _places(request),
        "problems": problems or {},
    }
    office = request.app.state.settings.oidc
    return pages_of(request).show(request, "invitation.html", office=office.name if office else "", **shown)


def _person(request: Request, other: Person, problems: dict[str, str] | None = None) -> Response:
    shown: dict[str, Any] = {"other": other, "roles": list(Role), "places": _places(request), "problems": problems or {}}
    return pages_of(request).show(request, "person.html", **shown)


def _link(request: Request, other: Person, token: str) -> Response:
    address = str(request.url_for("show_welcome", token=token))
    return pages_of(request).show(request, "link.html", other=other, address=address, hours=HOURS)
