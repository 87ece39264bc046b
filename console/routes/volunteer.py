"""Volunteers: a search by a few letters, a sheet for each procedure, its list of papers on paper or on a phone, the tally."""

import io
import secrets
from typing import Annotated, Any
from urllib.parse import urlencode

import segno
from fastapi import APIRouter, Form, HTTPException, Query, Request, Response

from console.access import needs
from console.gateway_client import GatewayAway
from console.helping.handbook import Handbook, Sheet
from console.pages import done, pages_of
from console.roles import Permission
from console.visitors import visitor_of

routes = APIRouter()
Cases = Annotated[list[str], Query()]


@routes.get("/volunteer")
@needs(Permission.HELP_CITIZENS)
def show_volunteer(request: Request, q: str = "") -> Response:
    """Whom one is helping, the search, and today's tally."""
    state, person = request.app.state, visitor_of(request).person
    return pages_of(request).show(
        request,
        "volunteer.html",
        typed=q,
        found=_handbook(request).search(q),
        residents=state.residents.open(person),
        **tally_of(request),
    )


@routes.get("/volunteer/guides/{code}")
@needs(Permission.HELP_CITIZENS)
def show_sheet(request: Request, code: str, case: Cases = []) -> Response:  # noqa: B006  FastAPI copies it
    """One procedure, with the papers of the cases that apply."""
    sheet = _sheet(request, code)
    shown: dict[str, Any] = {"sheet": sheet, "chosen": case, "has_qr": has_qr(request), "counted": secrets.token_hex(16)}
    return pages_of(request).show(request, "volunteer_sheet.html", **shown)


@routes.get("/volunteer/guides/{code}/list.pdf")
@needs(Permission.HELP_CITIZENS)
def show_list(request: Request, code: str, case: Cases = []) -> Response:  # noqa: B006
    """The list of papers on A5, as the gateway draws it."""
    sheet = _sheet(request, code)
    params = {"paper": "a5", "case": case}
    try:
        drawn = request.app.state.gateway.fetch("GET", f"/checklist/{sheet.guide.code}.pdf", params=params)
    except GatewayAway as away:
        raise HTTPException(503, "list_away") from away
    headers = {"Content-Disposition": f'inline; filename="giay-to-{sheet.guide.code}.pdf"'}
    return Response(drawn.content, media_type="application/pdf", headers=headers)


@routes.get("/volunteer/guides/{code}/qr.svg")
@needs(Permission.HELP_CITIZENS)
def show_qr(request: Request, code: str, case: Cases = []) -> Response:  # noqa: B006
    """A QR code that opens the list on the resident's own phone; it says nothing of them."""
    sheet = _sheet(request, code)
    if not has_qr(request):
        raise HTTPException(404)
    chosen = [("case", one.id) for one in sheet.guide.cases if one.id in case]
    address = f"{request.app.state.settings.shared.public_url}/checklist/{sheet.guide.code}"
    drawn = io.BytesIO()
    segno.make(f"{address}?{urlencode(chosen)}" if chosen else address, error="m").save(drawn, kind="svg", scale=4, border=2)
    return Response(drawn.getvalue(), media_type="image/svg+xml")


@routes.post("/volunteer/tally")
@needs(Permission.HELP_CITIZENS)
def count(
    request: Request,
    procedure: Annotated[str, Form(pattern=r"^\d\.\d{6}$")],
    counted: Annotated[str, Form(pattern=r"^[\w-]{16,64}$")],
    at: Annotated[float | None, Form()] = None,
) -> Response:
    """Counts somebody who was helped, once for each id (`counted`); a device that had no network says when that was."""
    request.app.state.tally.add(visitor_of(request).person, procedure, id=counted, at=at)
    if "x-background" in request.headers:
        return Response(pages_of(request).piece("tally.html", **tally_of(request)), media_type="text/html")
    return done("/volunteer", "counted")


def tally_of(request: Request) -> dict[str, Any]:
    """What the table of today needs."""
    person = visitor_of(request).person
    return {
        "counts": request.app.state.tally.today(person),
        "name_of_procedure": _handbook(request).name,
        "place": request.app.state.places.get(person.place, ""),
    }


def has_qr(request: Request) -> bool:
    """Whether it is known under which address phones reach the gateway."""
    return bool(request.app.state.settings.shared.public_url)


def _handbook(request: Request) -> Handbook:
    handbook: Handbook = request.app.state.handbook
    return handbook


def _sheet(request: Request, code: str) -> Sheet:
    sheet = _handbook(request).sheet(code)
    if sheet is None:
        raise HTTPException(404, "no_guide")
    return sheet
