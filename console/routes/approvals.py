"""Approving what volunteers write to citizens, and the rule that it has to be."""

import logging
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response

from console.access import needs
from console.audit.acts import Act
from console.gateway_client import GatewayAway, NotThere, TakenByAnother
from console.helping.drafts import Draft, Drafts
from console.pages import done, pages_of
from console.roles import Permission
from console.visitors import visitor_of

routes = APIRouter()
logger = logging.getLogger(__name__)
LONGEST = 300  # characters of a reason


@routes.get("/approvals")
@needs(Permission.APPROVE_REPLIES)
def show_approvals(request: Request) -> Response:
    """What waits, and whether the rule is on."""
    return _page(request)


@routes.post("/approvals/rule")
@needs(Permission.APPROVE_REPLIES)
def set_rule(request: Request, is_on: Annotated[bool, Form()] = False) -> Response:
    """Makes or drops the rule."""
    _drafts(request).set_rule(is_on=is_on)
    act = Act.APPROVAL_ON if is_on else Act.APPROVAL_OFF
    _note(request, act)
    return done("/approvals", act.value)


@routes.post("/approvals/{name}/send")
@needs(Permission.APPROVE_REPLIES)
def approve(request: Request, name: str) -> Response:
    """Sends it in the volunteer's name, once."""
    draft = _find(request, name)
    try:
        request.app.state.desk.reply(draft.conversation, draft.by, message_id=draft.id, text=draft.text)
    except (TakenByAnother, NotThere):
        _drafts(request).give_back(draft, pages_of(request).labels["problems"]["draft_too_late"])
        return _page(request, {name: pages_of(request).labels["problems"]["draft_too_late"]}, status=409)
    except GatewayAway as away:
        logger.warning("%s", away)
        return _page(request, {name: pages_of(request).labels["refusals"]["assistant_away"]}, status=503)
    _drafts(request).drop(draft)
    _note(request, Act.REPLY_APPROVED, draft)
    return done("/approvals", "reply_approved")


@routes.post("/approvals/{name}/return")
@needs(Permission.APPROVE_REPLIES)
def give_back(request: Request, name: str, note: Annotated[str, Form()] = "") -> Response:
    """Not sent: the volunteer reads why."""
    draft = _find(request, name)
    if not 0 < len(note.strip()) <= LONGEST:
        return _page(request, {f"note-{name}": pages_of(request).labels["problems"]["reason"]})
    _drafts(request).give_back(draft, note.strip())
    _note(request, Act.REPLY_RETURNED, draft)
    return done("/approvals", "reply_returned")


def _page(request: Request, problems: dict[str, str] | None = None, *, status: int | None = None) -> Response:
    drafts, directory = _drafts(request), request.app.state.directory
    names = {person.login: person.name for person in directory.everybody()}
    return pages_of(request).show(
        request,
        "approvals.html",
        status=status,
        drafts=drafts.waiting(),
        is_rule=drafts.is_rule,
        names=names,
        longest=LONGEST,
        problems=problems or {},
    )


def _find(request: Request, name: str) -> Draft:
    draft = _drafts(request).find(name)
    if draft is None:
        raise HTTPException(404, "draft_gone")
    return draft


def _note(request: Request, act: Act, draft: Draft | None = None) -> None:
    foundation, subject = request.app.state.foundation, draft.by if draft else ""
    with foundation.database.writing() as connection:
        foundation.note(connection, act, by=visitor_of(request).person.login, subject=subject)


def _drafts(request: Request) -> Drafts:
    drafts: Drafts = request.app.state.drafts
    return drafts
