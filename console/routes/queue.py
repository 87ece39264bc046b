"""People who wait for a person: who they are, taking over, writing, giving back, calling."""

import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, HTTPException, Request, Response

from console.access import needs
from console.audit.acts import Act
from console.gateway_client import GatewayAway, NotThere, TakenByAnother
from console.helping.desk import Desk, positions
from console.pages import done, pages_of
from console.people.directory import Directory
from console.roles import Permission
from console.visitors import visitor_of

routes = APIRouter()
logger = logging.getLogger(__name__)
Typed = Annotated[str, Form()]
LONGEST = 2000  # characters of a reply: what the gateway takes


@routes.get("/queue")
@needs(Permission.HELP_CITIZENS)
def show_queue(request: Request, everywhere: bool = False) -> Response:
    """Who waits: those of one's own commune and of none, or all."""
    mine = visitor_of(request).person.place
    try:
        entries = _desk(request).queue()
    except GatewayAway as away:
        logger.warning("%s", away)
        return pages_of(request).show(request, "queue.html", status=503, states=None)
    shown = [entry for entry in entries if everywhere or not mine or entry.place in (mine, None)]
    return pages_of(request).show(
        request,
        "queue.html",
        states={state: [entry for entry in shown if entry.state == state] for state in ("waiting", "callback", "taken")},
        others=len(entries) - len(shown),
        everywhere=everywhere,
        positions=positions(entries),
        now=request.app.state.foundation.clock(),
        places=request.app.state.places,
        name_of=_names(request),
    )


@routes.get("/queue/{name}")
@needs(Permission.HELP_CITIZENS)
def show_conversation(request: Request, name: str, seen: str = "") -> Response:
    """One conversation, and what can be done with it; 204 where it is still as the page has it (`seen`)."""
    return _page(request, name, seen=seen)


@routes.post("/queue/{name}/take")
@needs(Permission.HELP_CITIZENS)
def take(request: Request, name: str) -> Response:
    """The assistant falls silent there."""
    return _act(request, name, Act.TAKEN, _desk(request).take, then=f"/queue/{quote(name, safe='')}")


@routes.post("/queue/{name}/back")
@needs(Permission.HELP_CITIZENS)
def give_back(request: Request, name: str) -> Response:
    """The assistant answers there again."""
    return _act(request, name, Act.GIVEN_BACK, _desk(request).give_back)


@routes.post("/queue/{name}/done")
@needs(Permission.HELP_CITIZENS)
def settle(request: Request, name: str) -> Response:
    """Who was to be called has been; the number is deleted."""
    return _act(request, name, Act.CALLED, _desk(request).settle)


@routes.post("/queue/{name}/reply")
@needs(Permission.HELP_CITIZENS)
def reply(request: Request, name: str, written: Annotated[str, Form(pattern=r"^[\w-]{8,64}$")], text: Typed = "") -> Response:
    """Sends what was written, or keeps it for approval; `written` is its id. What cannot be sent stays in the form."""
    typed = {"text": text.strip(), "written": written}
    if not 0 < len(typed["text"]) <= LONGEST:
        return _page(request, name, typed, problems={"text": pages_of(request).labels["problems"]["reply"]})
    needs_approval = request.app.state.drafts.are_needed_of(visitor_of(request).person)
    send = _keep_draft if needs_approval else _send
    refused = _refused(request, name, lambda: send(request, name, **typed), typed=typed)
    return refused or done(f"/queue/{quote(name, safe='')}", "waits_for_approval" if needs_approval else "replied")


@routes.post("/queue/{name}/phone")
@needs(Permission.HELP_CITIZENS)
def show_phone(request: Request, name: str) -> Response:
    """The number to call, on this page alone, for who has taken the request. That it was shown is in the audit trail."""
    found: list[str] = []
    by = visitor_of(request).person.login
    refused = _refused(request, name, lambda: found.append(_desk(request).phone(name, by)))
    if refused:
        return refused
    _note(request, Act.PHONE_SHOWN, name)
    return _page(request, name, phone=found[0])


def _send(request: Request, name: str, *, text: str, written: str) -> None:
    _desk(request).reply(name, visitor_of(request).person.login, message_id=written, text=text)


def _keep_draft(request: Request, name: str, *, text: str, written: str) -> None:
    by, holder = visitor_of(request).person.login, _desk(request).find(name).by
    if holder != by:
        raise TakenByAnother(holder)
    request.app.state.drafts.keep(name, by, id=written, text=text)


def _act(request: Request, name: str, act: Act, change: Callable[[str, str], None], *, then: str = "/queue") -> Response:
    refused = _refused(request, name, lambda: change(name, visitor_of(request).person.login))
    if refused:
        return refused
    _note(request, act, name)
    return done(then, act.value)


def _refused(
    request: Request, name: str, change: Callable[[], None], *, typed: Mapping[str, str] | None = None
) -> Response | None:
    """Does it; where that is not possible, the page that says why, with what was typed."""
    try:
        change()
    except TakenByAnother as taken:
        return _page(request, name, typed, status=409, taken_by=_names(request)(taken.by))
    except NotThere as gone:
        raise HTTPException(404, "conversation_gone") from gone
    except GatewayAway as away:
        logger.warning("%s", away)
        return _page(request, name, typed, status=503)
    return None


def _page(
    request: Request,
    name: str,
    typed: Mapping[str, str] | None = None,
    *,
    status: int | None = None,
    seen: str = "",
    **shown: Any,
) -> Response:
    entry = None
    try:
        entry = _desk(request).find(name)
    except NotThere as gone:
        raise HTTPException(404, "conversation_gone") from gone
    except GatewayAway as away:
        logger.warning("%s", away)
        status = 503
    drafts = request.app.state.drafts.of(name)
    mark = f"{entry.mark if entry else ''}.{[draft.note for draft in drafts]}"
    if entry and mark == seen:
        return Response(status_code=204)
    return pages_of(request).show(
        request,
        "handover.html",
        status=status,
        entry=entry,
        mark=mark,
        drafts=drafts,
        conversation=name,
        typed={"text": "", "written": secrets.token_hex(8), **(typed or {})},
        longest=LONGEST,
        places=request.app.state.places,
        name_of=_names(request),
        **shown,
    )


def _note(request: Request, act: Act, name: str) -> None:
    foundation = request.app.state.foundation
    with foundation.database.writing() as connection:
        foundation.note(connection, act, by=visitor_of(request).person.login, subject=name[:128])


def _names(request: Request) -> Callable[[str], str]:
    """The name of a member of staff by their login, as colleagues know them."""
    directory: Directory = request.app.state.directory

    def name_of(login: str) -> str:
        person = directory.by_login(login) if login else None
        return person.name if person else login

    return name_of


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk
