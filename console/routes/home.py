"""The first page: whether the assistant answers, and where to go."""

import logging

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from console.access import needs, open_to_all
from console.gateway_client import GatewayAway, Switch
from console.pages import pages_of
from console.roles import Permission

routes = APIRouter()
logger = logging.getLogger(__name__)


@routes.get("/")
@needs(Permission.ENTER)
def show_home(request: Request) -> Response:
    """What this person may do here."""
    return pages_of(request).show(request, "home.html", switch=_switch(request))


@routes.get("/health")
@open_to_all
async def tell_health() -> Response:
    """200 as soon as the console serves pages."""
    return PlainTextResponse("ok")


def _switch(request: Request) -> Switch | None:
    try:
        switch: Switch = request.app.state.gateway.read_switch()
    except GatewayAway as away:
        logger.warning("%s", away)
        return None
    return switch
