"""The audit trail: found by person, act and day, and checked for whether it is whole."""

from datetime import datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from console.access import needs
from console.audit.acts import Act
from console.audit.search import Search, find_entries
from console.days import read_day
from console.pages import HANOI, pages_of
from console.people.person import read_login
from console.roles import Permission
from console.tables import MOST

routes = APIRouter()


@routes.get("/audit")
@needs(Permission.READ_AUDIT)
def show_audit(
    request: Request,
    by: str = "",
    act: str = "",
    subject: str = "",
    since: str = "",
    until: str = "",
    before: Annotated[int | None, Query(ge=1, le=MOST)] = None,
) -> Response:
    """A page of it, newest first; every filter is in the address."""
    problems = {
        name: _day_fault(request) for name, day in (("since", since), ("until", until)) if day and read_day(day) is None
    }
    search = Search(
        by=read_login(by), act=act, subject=read_login(subject), since=_begin(since), until=_begin(until, days=1), before=before
    )
    with request.app.state.foundation.database.reading() as connection:
        entries, has_older = find_entries(connection, search)
    filters = {"by": by, "act": act, "subject": subject, "since": since, "until": until}
    older = (
        urlencode({**{key: value for key, value in filters.items() if value}, "before": entries[-1].id}) if has_older else ""
    )
    shown: dict[str, Any] = {"entries": entries, "filters": filters, "older": older, "acts": list(Act), "problems": problems}
    return pages_of(request).show(request, "audit.html", **shown)


@routes.get("/audit/check")
@needs(Permission.READ_AUDIT)
def check_audit(request: Request) -> Response:
    """Reads all of it and says whether anything was changed."""
    foundation = request.app.state.foundation
    with foundation.database.reading() as connection:
        verdict = foundation.trail.verify(connection)
    return pages_of(request).show(request, "audit_check.html", verdict=verdict)


def _begin(typed: str, *, days: int = 0) -> float | None:
    """When a day begins here, or so many days later."""
    day = read_day(typed)
    return datetime.combine(day + timedelta(days), time(), HANOI).timestamp() if day else None


def _day_fault(request: Request) -> str:
    return str(pages_of(request).labels["problems"]["day"])
