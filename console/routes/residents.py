"""Residents beside a volunteer: each asks the assistant in a session of their own, several at once."""

import logging
import secrets
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Path, Request, Response
from fastapi.responses import RedirectResponse

from console.access import needs
from console.gateway_client import GatewayAway, NotThere
from console.helping.residents import Resident
from console.pages import done, pages_of
from console.roles import Permission
from console.tables import MOST
from console.visitors import visitor_of

routes = APIRouter()
logger = logging.getLogger(__name__)
Typed = Annotated[str, Form()]
Number = Annotated[int, Path(ge=1, le=MOST)]
LONGEST = 1000  # characters of a question


@routes.post("/volunteer/residents")
@needs(Permission.HELP_CITIZENS)
def begin(request: Request) -> Response:
    """Somebody new sits down."""
    try:
        number = request.app.state.residents.begin(visitor_of(request).person)
    except GatewayAway as away:
        raise HTTPException(503, "assistant_away") from away
    return RedirectResponse(f"/volunteer/residents/{number}", 303)


@routes.get("/volunteer/residents/{number}")
@needs(Permission.HELP_CITIZENS)
def show_resident(request: Request, number: Number) -> Response:
    """What was asked and answered, and the form to go on."""
    return _page(request, _find(request, number))


@routes.post("/volunteer/residents/{number}")
@needs(Permission.HELP_CITIZENS)
def ask(request: Request, number: Number, text: Typed = "", asked: Typed = "") -> Response:
    """Asks the assistant for the resident; a choice is a number. `asked` is the question's id, so that it is asked once."""
    resident, said = _find(request, number), text.strip()
    typed = {"text": said, "asked": asked}
    if not 0 < len(said) <= LONGEST:
        return _page(request, resident, typed, {"text": pages_of(request).labels["problems"]["question"]})
    try:
        request.app.state.residents.say(resident, said, message_id=asked)
    except GatewayAway as away:
        logger.warning("%s", away)
        return _page(request, resident, typed, status=503)
    return RedirectResponse(f"/volunteer/residents/{number}#last", 303)


@routes.post("/volunteer/residents/{number}/done")
@needs(Permission.HELP_CITIZENS)
def end(request: Request, number: Number, procedure: Typed = "") -> Response:
    """The resident leaves: counted for the procedure it was about, and the session erased."""
    resident, state, person = _find(request, number), request.app.state, visitor_of(request).person
    try:
        state.residents.end(resident)
    except GatewayAway as away:
        raise HTTPException(503, "assistant_away") from away
    if procedure in state.handbook.guides:
        state.tally.add(person, procedure, id=f"resident-{resident.id:012}")
    return done("/volunteer", "resident_done")


def _find(request: Request, number: int) -> Resident:
    resident: Resident | None = request.app.state.residents.find(visitor_of(request).person, number)
    if resident is None:
        raise HTTPException(404, "resident_gone")
    return resident


def _page(
    request: Request,
    resident: Resident,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    *,
    status: int | None = None,
) -> Response:
    turns = None
    try:
        turns = request.app.state.residents.turns(resident)
    except NotThere as over:
        raise HTTPException(404, "resident_gone") from over
    except GatewayAway as away:
        logger.warning("%s", away)
        status = 503
    about = [code for turn in turns or () for code in turn["procedures"]]
    return pages_of(request).show(
        request,
        "resident.html",
        status=status,
        resident=resident,
        turns=turns,
        about=about[-1] if about else "",
        guides=request.app.state.handbook.guides,
        typed={"text": "", **(typed or {}), "asked": (typed or {}).get("asked") or secrets.token_hex(8)},
        problems=problems or {},
        longest=LONGEST,
    )
