"""The web chat: a page that works without JavaScript, and the API under it."""

import asyncio
import secrets
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Header, HTTPException, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, Field

from gateway.inbox import Message
from gateway.intake import take_in

PAGE = Path(__file__).parent / "page"
COOKIE = "conversation"
WAIT_SECONDS = 25.0  # a request is held open this long for its reply; then the client asks again
routes = APIRouter()
_templates = Jinja2Templates(PAGE)


class Said(BaseModel):
    """A message as a client sends it; `id` is the client's own, and the same id is the same message."""

    id: str = Field(pattern=r"^[\w-]{8,64}$")
    text: str = ""
    has_attachment: bool = False


def _conversation(request: Request, authorization: Annotated[str, Header()] = "") -> str:
    conversation = request.app.state.conversations.read(authorization.removeprefix("Bearer "))
    if conversation is None:
        raise HTTPException(401, request.app.state.texts["unknown_conversation"])
    return str(conversation)


Conversation = Annotated[str, Depends(_conversation)]


@routes.get("/health")
async def health() -> dict[str, str]:
    """That the gateway is up; it says nothing of the bot, since it takes messages without it."""
    return {"status": "ok"}


@routes.post("/api/conversations", status_code=201)
async def open_conversation(request: Request) -> dict[str, str]:
    """A new conversation: {"conversation": signed token}, to be sent as a Bearer token."""
    return {"conversation": request.app.state.conversations.open()}


@routes.post("/api/messages")
async def send_message(said: Said, request: Request, conversation: Conversation) -> JSONResponse:
    """Stores a message and answers with its replies; 202 while there are none. Sent twice, it is answered once."""
    message = await _accept(request, conversation, said.id, said.text, said.has_attachment)
    return _as_json(await _wait(request, message))


@routes.get("/api/messages/{message_id}")
async def read_message(message_id: str, request: Request, conversation: Conversation) -> JSONResponse:
    """The message of that id with its replies; 202 while there are none, 404 if it never came."""
    message = await asyncio.to_thread(request.app.state.inbox.find, conversation, message_id)
    if message is None:
        raise HTTPException(404, request.app.state.texts["unknown_conversation"])
    return _as_json(message)


@routes.get("/", response_class=HTMLResponse)
async def page(request: Request) -> Response:
    """The chat page with the conversation so far."""
    conversation = request.app.state.conversations.read(request.cookies.get(COOKIE, ""))
    transcript = await asyncio.to_thread(request.app.state.inbox.transcript, conversation) if conversation else []
    context = {"texts": request.app.state.texts["page"], "transcript": transcript, "form_id": secrets.token_hex(8)}
    return _templates.TemplateResponse(request, "chat.html", context)


@routes.post("/")
async def send_form(request: Request, id: Annotated[str, Form()] = "", text: Annotated[str, Form()] = "") -> Response:
    """The page's form: stores the message, waits for the reply, and goes back to the page."""
    token = request.cookies.get(COOKIE, "")
    conversation = request.app.state.conversations.read(token)
    if conversation is None:
        token = request.app.state.conversations.open()
        conversation = request.app.state.conversations.read(token)
    message = await _accept(request, conversation, id[:64] or secrets.token_hex(8), text, has_attachment=False)
    await _wait(request, message)
    response = RedirectResponse("/#bottom", 303)
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return response


@routes.post("/restart")
async def restart(request: Request) -> Response:
    """Leaves the conversation; the next message opens a new one."""
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE)
    return response


@routes.get("/chat.css")
async def style() -> FileResponse:
    """The page's style sheet."""
    return FileResponse(PAGE / "chat.css", media_type="text/css")


async def _accept(request: Request, conversation: str, message_id: str, text: str, has_attachment: bool) -> Message:
    taken = take_in(text, has_attachment=has_attachment)
    store = request.app.state.inbox.accept
    message: Message = await asyncio.to_thread(store, conversation, "web", message_id, taken.text, taken.signal)
    return message


async def _wait(request: Request, message: Message) -> Message:
    if message.state == "answered":
        return message
    task = request.app.state.dispatcher.submit(message)
    done, _ = await asyncio.wait([task], timeout=WAIT_SECONDS)
    return next(iter(done)).result() if done else message


def _as_json(message: Message) -> JSONResponse:
    body: dict[str, Any] = {"id": message.external_id, "state": message.state, "replies": list(message.replies or ())}
    return JSONResponse(body, 200 if message.state == "answered" else 202)
