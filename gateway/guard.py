"""The outermost ring of the gateway: no body bigger than a question comes in, no answer goes out without its headers."""

import logging
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

MAX_BODY = 64 * 1024  # bytes
# No script, style or image but our own; see docs/adr/0005-gateway.md. `style` is the digest of our style sheet.
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' {style}; img-src 'self'; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware; written as such, since Starlette's convenience costs each request a task of its own."""

    def __init__(self, app: ASGIApp, texts: Mapping[str, str], policy: str) -> None:
        self._app, self._texts = app, texts
        self._headers = {**HEADERS, "Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            if not scope["query_string"].isascii():  # a browser sends what is not by its percents
                await JSONResponse({"error": self._texts["no_address"]}, 400)(scope, receive, send_guarded)
            elif (body := await _body(Headers(scope=scope), receive)) is None:
                await JSONResponse({"error": self._texts["too_big"]}, 413)(scope, receive, send_guarded)
            else:
                await self._app(scope, _first(body, receive), send_guarded)
        except Exception as error:  # the edge of the process: the citizen reads what to do, the log gets the cause
            logger.error("%s %s failed: %s", scope["method"], _route(scope), type(error).__name__)
            if not has_begun:
                await JSONResponse({"error": self._texts["failed_internal"]}, 500)(scope, receive, send_guarded)


def _route(scope: Scope) -> str:
    """The route, not the path, which may hold a conversation or whatever somebody typed."""
    return str(getattr(scope.get("route"), "path", "?"))


async def _body(headers: Headers, receive: Receive) -> bytes | None:
    """The body, or None if it is too big: by its own account, or counted where it comes in chunks and gives none."""
    length = headers.get("content-length")
    if length is None and "transfer-encoding" not in headers:
        return b""
    if length is not None and not (length.isdecimal() and int(length) <= MAX_BODY):
        return None
    body, is_more = b"", True
    while is_more and len(body) <= MAX_BODY:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None  # half a body, and nobody left to be told so
        body += message.get("body", b"")
        is_more = message.get("more_body", False)
    return body if len(body) <= MAX_BODY else None


def _first(body: bytes, receive: Receive) -> Receive:
    """Gives the body, then whatever comes after it: that the client has gone."""
    is_given = False

    async def receive_next() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_next
