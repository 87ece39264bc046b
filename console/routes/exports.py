"""Files to take away: turns, conversations, and figures for everybody. The first two keep the filters of the list."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import StreamingResponse

from console.access import needs
from console.audit.acts import Act
from console.dashboards.files import Row, as_csv, as_xlsx
from console.dashboards.span import read_span
from console.pages import HANOI, pages_of
from console.roles import Permission
from console.visitors import visitor_of
from motcua.conversations.counting import refresh_figures
from motcua.conversations.exporting import CONVERSATION_COLUMNS, TURN_COLUMNS, export_conversations, export_turns
from motcua.conversations.filters import FilterFault, Filters, read_filters
from motcua.conversations.open_data import OPEN_COLUMNS, open_rows

routes = APIRouter()
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WRITERS = {"csv": (as_csv, "text/csv; charset=utf-8"), "xlsx": (as_xlsx, _XLSX)}
_EXPORTS = {"turns": (TURN_COLUMNS, export_turns), "conversations": (CONVERSATION_COLUMNS, export_conversations)}


@routes.get("/exports/open-data.{kind}")
@needs(Permission.EXPORT)
def export_open_data(request: Request, kind: str, since: str = "", until: str = "") -> Response:
    """Counts by month that may be published: no person in them, small ones kept back."""
    state = request.app.state
    now = state.foundation.clock()
    span, _ = read_span(since, until, "", now=now)
    with state.conversations.writing() as connection:
        refresh_figures(connection)
    with state.conversations.reading() as connection:
        today = datetime.fromtimestamp(now, HANOI).date()
        rows = list(open_rows(connection, since=span.since, until=span.until, today=today))
    return _file(request, "open-data", kind, OPEN_COLUMNS, rows, span.query())


@routes.get("/exports/{name}.{kind}")
@needs(Permission.EXPORT)
def export(request: Request, name: str, kind: str) -> Response:
    """Every turn or conversation of a filter, redacted as it is kept."""
    if name not in _EXPORTS:
        raise HTTPException(404)
    columns, rows_of = _EXPORTS[name]
    filters = _filters(request)
    # What was searched for may be somebody's name.
    told = replace(filters, text="").query()
    return _file(request, name, kind, columns, rows_of(request.app.state.conversations, filters), told)


def _file(request: Request, name: str, kind: str, columns: Row, rows: Iterable[Row], told: str) -> Response:
    if kind not in _WRITERS:
        raise HTTPException(404)
    write, media_type = _WRITERS[kind]
    head = [pages_of(request).labels["columns"][column] for column in columns]
    foundation = request.app.state.foundation
    with foundation.database.writing() as connection:
        foundation.note(connection, Act.EXPORTED, by=visitor_of(request).person.login, file=f"{name}.{kind}", filters=told)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return StreamingResponse(write(head, rows), media_type=media_type, headers=headers)


def _filters(request: Request) -> Filters:
    try:
        return read_filters(request.url.query)
    except FilterFault as fault:
        raise HTTPException(400, "form") from fault
