"""What a volunteer's device keeps to work without a network: one page for all, the guides, and what renews them."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from console.access import needs, open_to_all
from console.pages import STATIC, pages_of
from console.roles import Permission
from console.visitors import csrf_token, visitor_of

routes = APIRouter()


@routes.get("/volunteer.sw.js")
@open_to_all
def service_worker() -> Response:
    """The service worker; from here it reaches the pages of volunteers and no others."""
    script = (STATIC / "volunteer-sw.js").read_text("utf-8")
    return Response(script, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@routes.get("/volunteer/offline")
@needs(Permission.HELP_CITIZENS)
def show_offline(request: Request) -> Response:
    """The page that stands for every volunteer's page while there is no network; nobody's name is on it."""
    return pages_of(request).show(request, "volunteer_offline.html", person=None, areas={}, csrf="")


@routes.get("/volunteer/copy")
@needs(Permission.HELP_CITIZENS)
def read_copy(request: Request) -> Response:
    """All guides (`console.helping.local_copy`), packed."""
    return Response(request.app.state.local_copy.packed, media_type="application/json", headers={"Content-Encoding": "gzip"})


@routes.get("/volunteer/pass")
@needs(Permission.HELP_CITIZENS)
def read_pass(request: Request) -> Response:
    """{"person", "csrf", "version"}: whose tally may be sent now, with which token, and which copy is today's."""
    visitor, version = visitor_of(request), request.app.state.local_copy.version
    return JSONResponse({"person": visitor.person.id, "csrf": csrf_token(request, visitor), "version": version})
