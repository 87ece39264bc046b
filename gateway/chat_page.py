"""The chat page: works with forms alone; `page/static/chat.js` makes it quicker and keeps it going without a network."""

import asyncio
import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse

from gateway import webchat
from gateway.conversations import COOKIE, set_cookie
from gateway.view import read_view

routes = APIRouter()


@routes.get("/", response_class=HTMLResponse)
async def page(request: Request) -> Response:
    """The chat page with the conversation so far; a token that grows old is renewed."""
    state, token = request.app.state, request.cookies.get(COOKIE, "")
    conversation = state.conversations.read(token)
    if conversation is None:
        return _empty(request, "chat.html", notice=await _notice(request))
    transcript = await webchat.read(request, conversation)
    opinions = await webchat.ratings(request, conversation)
    shown = {"transcript": transcript, "ratings": opinions, "notice": await _notice(request)}
    response: Response = state.face.page(request, "chat.html", **shown)
    renewed = state.conversations.renewed(token)
    if renewed != token:
        set_cookie(response, renewed, request)
    return response


@routes.post("/")
async def send_form(
    request: Request,
    id: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    say: Annotated[str, Form()] = "",
) -> Response:
    """The page's form: stores the message, waits for the reply, and goes back to the page. A button's `say` goes first."""
    conversation, token = _conversation(request)
    message = await webchat.accept(request, conversation, id[:64] or secrets.token_hex(8), say or text)
    await webchat.wait(request, message, webchat.WAIT_SECONDS)
    response = RedirectResponse("/#bottom", 303)
    set_cookie(response, token, request)
    return response


@routes.post("/open", status_code=204)
async def open_page(request: Request) -> Response:
    """Gives the page its conversation, in a cookie that its script cannot read."""
    _, token = _conversation(request)
    response = Response(status_code=204)
    set_cookie(response, token, request)
    return response


@routes.post("/feedback")
async def send_feedback(request: Request, id: Annotated[str, Form()], rating: Annotated[str, Form()]) -> Response:
    """The form under an answer."""
    conversation, _ = _conversation(request)
    await webchat.rate(request, conversation, id, rating)
    return RedirectResponse("/#bottom", 303)


@routes.post("/erase")
async def erase(request: Request) -> Response:
    """Erases the conversation and leaves it; the next message opens a new one."""
    conversation = request.app.state.conversations.of(request)
    if conversation:
        await webchat.erase(request, conversation)
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE)
    return response


@routes.post("/view")
async def change_view(request: Request, change: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/") -> Response:
    """The buttons of the header: text size, colours, language."""
    is_ours = back.startswith("/") and not back.startswith(("//", "/\\"))
    response = RedirectResponse(back if is_ours else "/", 303)
    read_view(request).changed(change).keep(response, secure=request.url.scheme == "https")
    return response


@routes.get("/embed", response_class=HTMLResponse)
async def embedded(request: Request) -> Response:
    """The chat inside a frame of the sites named in MOTCUA_EMBED_ORIGINS; no cookie reaches it there."""
    response = _empty(request, "embed.html", notice=await _notice(request))
    origins = " ".join(request.app.state.settings.embed_origins)
    if origins:
        response.headers["Content-Security-Policy"] = request.app.state.policy.replace(
            "frame-ancestors 'none'", f"frame-ancestors {origins}"
        )
    return response


@routes.get("/widget.js")
async def widget(request: Request) -> Response:
    """What a commune's site includes: a button that opens the chat in a frame."""
    headers = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=3600"}
    return FileResponse(request.app.state.face.static / "widget.js", media_type="text/javascript", headers=headers)


@routes.get("/sw.js")
async def service_worker(request: Request) -> Response:
    """The service worker, which must lie at the root to serve all pages."""
    script = (request.app.state.face.static / "sw.js").read_text("utf-8")
    # browsers fetch the shell anew when a byte of its worker changes
    return Response(f"{script}\n// {request.app.state.face.version}", media_type="text/javascript")


@routes.get("/offline", response_class=HTMLResponse)
async def offline(request: Request) -> Response:
    """What the service worker shows where there is no network."""
    return _empty(request, "offline.html")


@routes.get("/manifest.webmanifest")
async def manifest(request: Request) -> Response:
    """What makes the page installable on a phone."""
    title = request.app.state.texts["page"]["title"]
    icons = [
        {"src": "/static/icon-192.png", "sizes": "192x192", "type": "image/png"},
        {"src": "/static/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
    ]
    facts = {"name": title, "short_name": "Hỏi Một Cửa", "lang": "vi", "start_url": "/", "display": "standalone"}
    colours = {"background_color": "#fbf7f2", "theme_color": "#fbf7f2"}
    return JSONResponse({**facts, **colours, "icons": icons}, media_type="application/manifest+json")


def _empty(request: Request, name: str, notice: str = "") -> Response:
    response: Response = request.app.state.face.page(request, name, transcript=[], ratings={}, notice=notice)
    return response


async def _notice(request: Request) -> str:
    """What staff say to everybody while the assistant is off."""
    notice: str = await asyncio.to_thread(request.app.state.switch.notice)
    return notice


def _conversation(request: Request) -> tuple[str, str]:
    """The page's conversation and its token; a new one where the cookie holds none."""
    conversations, token = request.app.state.conversations, request.cookies.get(COOKIE, "")
    found = conversations.read(token)
    if found is None:
        token = conversations.open()
        found = conversations.read(token)
    return str(found), str(token)
