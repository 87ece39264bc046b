"""What those who run the gateway may read: /metrics, from this machine or with a token."""

import hmac

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

routes = APIRouter()


@routes.get("/metrics")
async def metrics(request: Request) -> Response:
    """The counters in Prometheus' format; to anybody else this page does not exist."""
    if not _may_read(request):
        raise HTTPException(404)
    return Response(request.app.state.metrics.exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _may_read(request: Request) -> bool:
    token = request.app.state.settings.metrics_token
    if token:
        return hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode())
    # A proxy on this machine comes from loopback too, and says for whom.
    is_proxied = any(name in request.headers for name in ("x-forwarded-for", "forwarded", "x-real-ip"))
    return not is_proxied and request.client is not None and request.client.host in ("127.0.0.1", "::1")
