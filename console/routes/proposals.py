"""Proposals: what reviewers would change, to decide on and to download as files of the project."""

from functools import partial
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, HTTPException, Path, Request, Response

from console.access import needs
from console.audit.acts import Act
from console.conversations.words import words_for
from console.guides.checkout import Author, BranchMoved
from console.pages import done, pages_of
from console.roles import Permission
from console.tables import MOST
from console.visitors import visitor_of
from motcua.conversations.proposal_files import files_of, zipped
from motcua.conversations.proposals import (
    KINDS,
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
    return _page(request, state, kind)


@routes.get("/proposals/files")
@needs(Permission.READ_CONVERSATIONS)
def download_all(request: Request, state: State = "open", kind: Kind | Literal[""] = "") -> Response:
    """All of them as one zip, to be unpacked over a checkout."""
    found = _found(request, state, kind)
    return _as_file("de-xuat.zip", zipped(_files(request, found)), "application/zip")


@routes.get("/proposals/{number}/file")
@needs(Permission.READ_CONVERSATIONS)
def download(request: Request, number: Number) -> Response:
    """One of them as the file it would change."""
    ((path, content),) = _files(request, [_find(request, number)]).items()
    return _as_file(path.rsplit("/", 1)[-1], content.encode(), "application/yaml")


@routes.post("/proposals/branch")
@needs(Permission.DECIDE_PROPOSALS)
def commit_all(request: Request, state: Annotated[State, Form()] = "open", kind: Annotated[str, Form()] = "") -> Response:
    """All of them as a commit on a branch of this person, beside what the checkout has already."""
    checkout, person = request.app.state.shelf.checkout, visitor_of(request).person
    if checkout is None or kind not in ("", *KINDS):
        raise HTTPException(404)
    branch, found = checkout.proposals_of(person.login), _found(request, state, kind)
    files = files_of(found, _guides(request), read=partial(checkout.read, branch=branch))
    new = {path: text for path, text in files.items() if text != checkout.read(path, branch)}
    author, subject = Author(person.name, person.login), f"Đề xuất của người rà soát: {len(found)}"
    try:
        if new:
            checkout.commit(new, branch=branch, author=author, subject=subject, at=request.app.state.foundation.clock())
    except BranchMoved:
        return _page(request, state, kind, {"branch": str(pages_of(request).labels["problems"]["branch_moved"])})
    _note(request, Act.PROPOSALS_COMMITTED, branch, proposals=len(found))
    return done("/proposals", Act.PROPOSALS_COMMITTED.value)


@routes.post("/proposals/{number}")
@needs(Permission.DECIDE_PROPOSALS)
def decide(request: Request, number: Number, state: Annotated[State, Form()]) -> Response:
    """Taken over, declined, or open again."""
    _find(request, number)
    with request.app.state.conversations.writing() as connection:
        decide_proposal(connection, number, state, by=visitor_of(request).person.login)
    return done("/proposals", "decided")


def _page(request: Request, state: State, kind: str, problems: dict[str, str] | None = None) -> Response:
    checkout, login = request.app.state.shelf.checkout, visitor_of(request).person.login
    branch = checkout.proposals_of(login) if checkout else ""
    shown: dict[str, Any] = {
        "proposals": _found(request, state, kind),
        "state": state,
        "kind": kind,
        "has_checkout": checkout is not None,
        "branch": branch if checkout and checkout.is_open(branch) else "",
        "problems": problems or {},
    }
    return pages_of(request).show(request, "proposals.html", **shown, **words_for(request))


def _found(request: Request, state: State, kind: str) -> list[Proposal]:
    with request.app.state.conversations.reading() as connection:
        return [one for one in find_proposals(connection, state=state) if kind in ("", one.kind)]


def _guides(request: Request) -> FilePath:
    folder: FilePath = request.app.state.settings.shared.knowledge_base / "procedures"
    return folder


def _find(request: Request, number: int) -> Proposal:
    with request.app.state.conversations.reading() as connection:
        found = find_proposal(connection, number)
    if found is None:
        raise HTTPException(404)
    return found


def _files(request: Request, proposals: list[Proposal]) -> dict[str, str]:
    """Noted in the audit trail: it takes words of citizens out of the console."""
    files = files_of(proposals, _guides(request))
    if not files:
        raise HTTPException(404, "nothing_to_download")
    _note(request, Act.DOWNLOADED, proposals=len(proposals))
    return files


def _note(request: Request, act: Act, subject: str = "", **details: Any) -> None:
    foundation = request.app.state.foundation
    with foundation.database.writing() as connection:
        foundation.note(connection, act, by=visitor_of(request).person.login, subject=subject, **details)


def _as_file(name: str, content: bytes, kind: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
