"""Erasing: one conversation because its citizen asked for it, or all that were kept long enough. For administrators."""

import logging
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from console.access import needs
from console.audit.acts import Act
from console.gateway_client import GatewayAway
from console.pages import done, pages_of
from console.roles import Permission
from console.visitors import visitor_of
from motcua.conversations.reading import find_conversation
from motcua.conversations.retention import Rule, delete_old, preview

routes = APIRouter()
logger = logging.getLogger(__name__)
Typed = Annotated[str, Form()]
LONGEST = 300


@routes.get("/retention")
@needs(Permission.ERASE_CONVERSATIONS)
def show_retention(request: Request, conversation: str = "") -> Response:
    """What would go by the rule, and the form to erase one conversation."""
    return _page(request, {"conversation": conversation})


@routes.post("/retention/old")
@needs(Permission.ERASE_CONVERSATIONS)
def delete_what_is_old(request: Request) -> Response:
    """Deletes what the page showed."""
    count = delete_old(request.app.state.conversations, _rule(request))
    _note(request, Act.OLD_DELETED, conversations=count)
    return done("/retention", "old_deleted")


@routes.post("/retention/erase")
@needs(Permission.ERASE_CONVERSATIONS)
def erase(request: Request, conversation: Typed = "", reason: Typed = "") -> Response:
    """Erases a conversation everywhere: gateway, bot and store. The trail holds a digest of its id, not the id."""
    typed, sentences = {"conversation": conversation.strip(), "reason": reason.strip()}, pages_of(request).labels["problems"]
    with request.app.state.conversations.reading() as connection:
        is_known = find_conversation(connection, typed["conversation"]) is not None
    problems = {} if is_known else {"conversation": sentences["conversation"]}
    if not 0 < len(typed["reason"]) <= LONGEST:
        problems["reason"] = sentences["erase_reason"]
    if problems:
        return _page(request, typed, problems)
    try:
        request.app.state.gateway.erase(typed["conversation"])
    except GatewayAway as away:
        logger.warning("%s", away)
        return _page(request, typed, {"conversation": sentences["gateway"]}, status=503)
    request.app.state.conversations.erase(typed["conversation"])
    digest = request.app.state.foundation.keys.digest("conversation", typed["conversation"])[:16]
    _note(request, Act.ERASED, subject=digest, reason=typed["reason"])
    return done("/retention", "erased")


def _rule(request: Request) -> Rule:
    shared = request.app.state.settings.shared
    return Rule(shared.keep_days, shared.keep_reviewed_days)


def _note(request: Request, act: Act, *, subject: str = "", **details: Any) -> None:
    foundation = request.app.state.foundation
    with foundation.database.writing() as connection:
        foundation.note(connection, act, by=visitor_of(request).person.login, subject=subject, **details)


def _page(
    request: Request, typed: dict[str, str], problems: dict[str, str] | None = None, status: int | None = None
) -> Response:
    rule = _rule(request)
    with request.app.state.conversations.reading() as connection:
        found = preview(connection, rule)
    shown: dict[str, Any] = {"rule": rule, "preview": found, "typed": typed, "problems": problems or {}, "longest": LONGEST}
    return pages_of(request).show(request, "retention.html", status=status, **shown)
