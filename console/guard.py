"""The outermost ring: no big body comes in, no page goes out without its headers, no cause of a failure is shown."""

import logging

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

MAX_BODY = 512 * 1024  # bytes: a guide of the editor, with room
HEADERS = {
    # No script, style or image but our own; a form goes to the office's provider of accounts by a link, not by its action.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TOO_BIG = "Nội dung gửi lên quá dài. Anh/Chị rút ngắn lại rồi gửi lần nữa."
_NO_ADDRESS = "Địa chỉ này không đọc được. Anh/Chị quay lại trang trước và thử lần nữa."
_FAILED = "Trang này đang có lỗi. Anh/Chị quay lại trang trước và thử lần nữa; nếu vẫn lỗi, xin báo người quản trị."


class Guard:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

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
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = "max-age=31536000"
            await send(message)

        try:
            if _is_too_big(Headers(scope=scope)):
                await PlainTextResponse(_TOO_BIG, 413)(scope, receive, send_guarded)
            elif not scope["query_string"].isascii():  # a browser sends what is not by its percents
                await PlainTextResponse(_NO_ADDRESS, 400)(scope, receive, send_guarded)
            else:
                await self._app(scope, receive, send_guarded)
        except Exception as error:  # the edge of the process
            # The class alone: a message may hold what somebody typed.
            logger.error("%s %s failed: %s", scope["method"], _route(scope), type(error).__name__)
            if not has_begun:
                await PlainTextResponse(_FAILED, 500)(scope, receive, send_guarded)


def _is_too_big(headers: Headers) -> bool:
    """By its own account; a body that gives none is not read, as no browser sends such a form."""
    length = headers.get("content-length")
    if length is None:
        return "transfer-encoding" in headers
    return not (length.isdecimal() and int(length) <= MAX_BODY)


def _route(scope: Scope) -> str:
    """The route, not the path: that of a one-time link is a secret."""
    return str(getattr(scope.get("route"), "path", "?"))
