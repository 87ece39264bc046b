"""Conversations: the list of what was asked, found by anything, and one of them with all its turns."""

from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Form, HTTPException, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from console.access import needs
from console.conversations.choices import facet_choices, guide_names, reviewers
from console.conversations.listing import COUNTED, Listing, Show, Wanted, read_listing, removals
from console.conversations.showing import read_turns
from console.conversations.words import words_for
from console.pages import done, pages_of
from console.roles import Permission
from console.tables import MOST
from console.visitors import visitor_of
from motcua.conversations.filters import FACETS, FilterFault, Filters, read_filters
from motcua.conversations.reading import assigned_to, find_conversation, read_by
from motcua.conversations.reviewing import mark_read
from motcua.conversations.views import delete_view, save_view, views_for

routes = APIRouter()
Typed = Annotated[str, Form()]
LONGEST_NAME = 80  # of a view
MOST_SAMPLED = 500
NEWEST = 2**62


@routes.get("/conversations")
@needs(Permission.READ_CONVERSATIONS)
def list_conversations(
    request: Request,
    show: Show = "turns",
    before: Annotated[int | None, Query(ge=1, le=NEWEST)] = None,
    sample: Annotated[int | None, Query(ge=1, le=MOST_SAMPLED)] = None,
    seed: Annotated[int | None, Query(ge=0, le=MOST)] = None,
) -> Response:
    """The list; every state of it is an address, which a form with empty fields is turned into."""
    try:
        filters = read_filters(_joined_confidence(request))
    except FilterFault as fault:
        return _list(
            request,
            Wanted(Filters()),
            problems={fault.name: _sentence(request, "span" if fault.name == "confidence" else "filters")},
        )
    wanted = Wanted(filters, show, before, sample, seed).with_seed()
    if "done" not in request.query_params and _is_untidy(request, wanted):
        return RedirectResponse(wanted.address(), 303)
    return _list(request, wanted)


@routes.post("/conversations/views")
@needs(Permission.READ_CONVERSATIONS)
def keep_view(request: Request, name: Typed = "", query: Typed = "", is_shared: Typed = "") -> Response:
    """Gives the filters a name."""
    name, wanted = name.strip(), Wanted(_filters(query))
    if not 0 < len(name) <= LONGEST_NAME:
        return _list(request, wanted, problems={"view_name": _sentence(request, "view_name")})
    with request.app.state.conversations.writing() as connection:
        save_view(connection, owner=_me(request), name=name, filters=wanted.filters, is_shared=bool(is_shared))
    return RedirectResponse(_told(wanted.address(), "view_saved"), 303)


@routes.post("/conversations/views/{number}/delete")
@needs(Permission.READ_CONVERSATIONS)
def drop_view(request: Request, number: Annotated[int, Path(ge=1, le=MOST)]) -> Response:
    """Deletes a view of one's own."""
    with request.app.state.conversations.writing() as connection:
        if not delete_view(connection, number, owner=_me(request)):
            raise HTTPException(404)
    return done("/conversations", "view_deleted")


@routes.get("/conversations/{conversation}")
@needs(Permission.READ_CONVERSATIONS)
def read_conversation(request: Request, conversation: str) -> Response:
    """One conversation, from then on read by who asked for it."""
    store, login = request.app.state.conversations, _me(request)
    with store.reading() as connection:
        found = find_conversation(connection, conversation)
        if found is None:
            raise HTTPException(404)
        turns, assigned = read_turns(connection, conversation), assigned_to(connection, conversation)
        ids = [turn.row["id"] for turn in turns]
        has_unread = len(read_by(connection, ids, login)) < len(ids)
    if has_unread:
        with store.writing() as connection:
            mark_read(connection, ids, login)
    shown: dict[str, Any] = {
        "conversation": found, "turns": turns, "assigned": assigned, "reviewers": reviewers(request),
        "guide_names": guide_names(request), **words_for(request),
    }  # fmt: skip
    return pages_of(request).show(request, "conversation.html", **shown)


def _list(request: Request, wanted: Wanted, problems: dict[str, str] | None = None) -> Response:
    with request.app.state.conversations.reading() as connection:
        listing: Listing = read_listing(connection, wanted, reader=_me(request))
        choices, views = facet_choices(request, connection), views_for(connection, _me(request))
    shown: dict[str, Any] = {
        "wanted": wanted, "listing": listing, "choices": choices, "views": views, "facets": FACETS, "counted": COUNTED,
        "removals": list(removals(wanted)), "problems": problems or {}, **words_for(request),
    }  # fmt: skip
    return pages_of(request).show(request, "conversations.html", **shown)


def _is_untidy(request: Request, wanted: Wanted) -> bool:
    return parse_qsl(request.url.query, keep_blank_values=True) != parse_qsl(urlsplit(wanted.address()).query)


def _joined_confidence(request: Request) -> str:
    """The query string, with the form's two fields of the confidence as the one of an address."""
    asked = request.query_params
    lowest, highest = asked.get("at_least", ""), asked.get("at_most", "")
    if not (lowest or highest):
        return request.url.query
    return f"{request.url.query}&confidence={lowest or 0}-{highest or 100}"


def _filters(query: str) -> Filters:
    try:
        return read_filters(query)
    except FilterFault as fault:
        raise HTTPException(400, "form") from fault


def _told(address: str, what: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}done={what}"


def _me(request: Request) -> str:
    return visitor_of(request).person.login


def _sentence(request: Request, key: str) -> str:
    return str(pages_of(request).labels["problems"][key])
