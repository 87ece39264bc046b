"""Figures: how much is asked, how it ends, how sure that is, and how long it takes."""

from typing import Any

from fastapi import APIRouter, Request, Response

from console.access import needs
from console.dashboards.figures import FAMILIES, read_dashboard
from console.dashboards.span import Span, read_span
from console.pages import pages_of
from console.roles import Permission
from motcua.conversations.counting import WAITS, refresh_figures

routes = APIRouter()
FIRST_ROWS = 20
SPANS = (7, 30, 90, 365)  # days


@routes.get("/dashboards")
@needs(Permission.READ_FIGURES)
def show_dashboard(request: Request, since: str = "", until: str = "", channel: str = "", whole: str = "") -> Response:
    """The figures of a span; `whole` shows the lists to their end. All of it is in the address."""
    state, labels = request.app.state, pages_of(request).labels
    span, faults = read_span(since, until, channel, now=state.foundation.clock())
    with state.conversations.writing() as connection:
        refresh_figures(connection)
    with state.conversations.reading() as connection:
        dashboard = read_dashboard(connection, span)
    shown: dict[str, Any] = {
        "problems": dict.fromkeys(faults, labels["problems"]["day"]),
        "first": None if whole else FIRST_ROWS,
        "procedure_names": {code: state.procedures[code].name for code in dashboard.procedures if code in state.procedures},
    }
    return pages_of(request).show(request, "dashboards.html", **shown, **_choices(request, span), dashboard=dashboard)


def _choices(request: Request, span: Span) -> dict[str, Any]:
    return {
        "span": span,
        "spans": [(days, span.last(days).query()) for days in SPANS],
        "families": FAMILIES,
        "waits": [*map(str, WAITS), "more"],
        "places": request.app.state.places,
    }
