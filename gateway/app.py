"""The gateway's app: `uvicorn --factory gateway.app:create_app`."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import yaml
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.middleware.base import RequestResponseEndpoint

from gateway.bot_client import BotClient
from gateway.conversations import Conversations
from gateway.dispatcher import Dispatcher
from gateway.inbox import Inbox
from gateway.webchat import routes
from motcua.settings import Settings, load_settings

logger = logging.getLogger(__name__)

MAX_BODY = 64 * 1024  # bytes
TEXTS = Path(__file__).parent / "texts.vi.yml"
# No script, style or image but our own; see docs/adr/0005-gateway.md.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


def create_app(settings: Settings | None = None, bot: httpx.AsyncClient | None = None) -> FastAPI:
    """The app with its inbox, dispatcher and routes. Raises ValueError without a secret."""
    settings = settings or load_settings()
    texts = yaml.safe_load(TEXTS.read_text("utf-8"))
    inbox = Inbox(settings.inbox_url)
    client = bot or _bot_client(settings)
    dispatcher = Dispatcher(inbox, BotClient(client), texts)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await dispatcher.resume()
        yield
        await dispatcher.close()
        await client.aclose()

    app = FastAPI(title="Hỏi Một Cửa", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.inbox, app.state.dispatcher, app.state.texts = inbox, dispatcher, texts
    app.state.conversations = Conversations(settings.secret)
    app.include_router(routes)
    app.middleware("http")(_guard)
    return app


def _bot_client(settings: Settings) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {settings.bot_token}"}
    return httpx.AsyncClient(base_url=settings.bot_url, headers=headers, timeout=httpx.Timeout(30, connect=2))


def _fits(request: Request) -> bool:
    """Whether the body says that it is small enough; one that does not say its size is not let in."""
    if request.method != "POST":
        return True
    length = request.headers.get("content-length", "0" if "transfer-encoding" not in request.headers else "")
    return length.isdigit() and int(length) <= MAX_BODY


async def _guard(request: Request, call_next: RequestResponseEndpoint) -> Response:
    """Refuses bodies too big to be a question and puts the security headers on every answer."""
    texts = request.app.state.texts
    if not _fits(request):
        response: Response = JSONResponse({"error": texts["too_big"]}, 413)
    else:
        try:
            response = await call_next(request)
        except Exception as error:  # the edge of the process: the citizen reads what to do, the log gets the cause
            logger.error("%s %s failed: %s", request.method, request.url.path, type(error).__name__)
            response = JSONResponse({"error": texts["failed_internal"]}, 500)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
