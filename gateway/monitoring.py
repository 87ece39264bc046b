"""What those who run the gateway may read: /metrics, from this machine or with a token, and /ready."""

import asyncio
import hmac

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from gateway.database import Database

routes = APIRouter()


@routes.get("/metrics")
async def metrics(request: Request) -> Response:
    """The counters in Prometheus' format; to anybody else this page does not exist."""
    if not _may_read(request):
        raise HTTPException(404)
    return Response(request.app.state.metrics.exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})


@routes.get("/ready")
async def ready(request: Request) -> JSONResponse:
    """Whether messages can be taken in: 503 without the database. A bot that is away is no reason, since messages wait."""
    database, bot = await asyncio.gather(
        asyncio.to_thread(_reaches, request.app.state.database), request.app.state.bot.is_there()
    )
    return JSONResponse({"database": database, "bot": bot}, 200 if database else 503)


def _reaches(database: Database) -> bool:
    try:
        with database.reading() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def _may_read(request: Request) -> bool:
    token = request.app.state.settings.metrics_token
    if token:
        return hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode())
    # A proxy on this machine comes from loopback too, and says for whom.
    is_proxied = any(name in request.headers for name in ("x-forwarded-for", "forwarded", "x-real-ip"))
    return not is_proxied and request.client is not None and request.client.host in ("127.0.0.1", "::1")
