"""Proposals: what reviewers would change, to decide on and to download as files of the project."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, HTTPException, Path, Request, Response

from console.access import needs
from console.audit.acts import Act
from console.conversations.words import words_for
from console.pages import done, pages_of
from console.roles import Permission
from console.tables import MOST
from console.visitors import visitor_of
from motcua.conversations.proposal_files import files_of, zipped
from motcua.conversations.proposals import (
    KINDS,
    STATES,
    Kind,
    Proposal,
    State,
    decide_proposal,
    find_proposal,
    find_proposals,
)

routes = APIRouter()
Number = Annotated[int, Path(ge=1, le=MOST)]


@routes.get("/proposals")
@needs(Permission.READ_CONVERSATIONS)
def list_proposals(request: Request, state: State = "open", kind: Kind | Literal[""] = "") -> Response:
    """The proposals of a state, and of a kind if one is asked for."""
    with request.app.state.conversations.reading() as connection:
        found = find_proposals(connection, state=state, kind=kind or None)
    shown: dict[str, Any] = {"proposals": found, "state": state, "kind": kind, "kinds": KINDS, "states": STATES}
    return pages_of(request).show(request, "proposals.html", **shown, **words_for(request))


@routes.get("/proposals/files")
@needs(Permission.READ_CONVERSATIONS)
def download_all(request: Request, state: State = "open", kind: Kind | Literal[""] = "") -> Response:
    """All of them as one zip, to be unpacked over a checkout."""
    with request.app.state.conversations.reading() as connection:
        found = find_proposals(connection, state=state, kind=kind or None)
    return _as_file("de-xuat.zip", zipped(_files(request, found)), "application/zip")


@routes.get("/proposals/{number}/file")
@needs(Permission.READ_CONVERSATIONS)
def download(request: Request, number: Number) -> Response:
    """One of them as the file it would change."""
    ((path, content),) = _files(request, [_find(request, number)]).items()
    return _as_file(path.rsplit("/", 1)[-1], content.encode(), "application/yaml")


@routes.post("/proposals/{number}")
@needs(Permission.DECIDE_PROPOSALS)
def decide(request: Request, number: Number, state: Annotated[State, Form()]) -> Response:
    """Taken over, declined, or open again."""
    _find(request, number)
    with request.app.state.conversations.writing() as connection:
        decide_proposal(connection, number, state, by=visitor_of(request).person.login)
    return done("/proposals", "decided")


def _find(request: Request, number: int) -> Proposal:
    with request.app.state.conversations.reading() as connection:
        found = find_proposal(connection, number)
    if found is None:
        raise HTTPException(404)
    return found


def _files(request: Request, proposals: list[Proposal]) -> dict[str, str]:
    """Noted in the audit trail: it takes words of citizens out of the console."""
    foundation = request.app.state.foundation
    files = files_of(proposals, request.app.state.settings.shared.knowledge_base / "procedures")
    if not files:
        raise HTTPException(404, "nothing_to_download")
    with foundation.database.writing() as connection:
        foundation.note(connection, Act.DOWNLOADED, by=visitor_of(request).person.login, proposals=len(proposals))
    return files


def _as_file(name: str, content: bytes, kind: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
