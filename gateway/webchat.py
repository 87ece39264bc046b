"""The API under the web chat: messages and their replies, opinions, erasure."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, Field

from gateway.conversations import COOKIE
from gateway.feedback import Opinion, read_opinion
from gateway.inbox import Message
from gateway.recording import opinion_of
from motcua.dossiers.subscriptions import Wish

WAIT_SECONDS = 25.0  # a request is held open this long for its reply; then the client asks again
STREAM_SECONDS = 120.0  # a stream of events ends after this long; then the client opens another one
NEWS_SECONDS: dict[Wish, float] = {"changes": 60.0, "answer": 8.0}  # how often a page looks for news of a dossier
routes = APIRouter()


class Said(BaseModel):
    """A message as a client sends it; `id` is the client's own, and the same id is the same message."""

    id: str = Field(pattern=r"^[\w-]{8,64}$")
    text: str = ""
    has_attachment: bool = False


class Rated(BaseModel):
    """What a citizen thinks of the answer to a message: helpful, unhelpful, or the reason why it did not help."""

    id: str
    rating: str


def _conversation(request: Request) -> str:
    conversation = request.app.state.conversations.of(request)
    if conversation is None:
        raise HTTPException(401, request.app.state.texts["unknown_conversation"])
    return str(conversation)


Conversation = Annotated[str, Depends(_conversation)]


async def _asked_for(message_id: str, request: Request, conversation: Conversation) -> Message:
    return await _find(request, conversation, message_id)


AskedFor = Annotated[Message, Depends(_asked_for)]  # a dependency: a stream has begun before its own code could refuse


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
    """Stores a message and answers with its replies; 202 while there are none. Sent twice, it is answered once.

    `Prefer: respond-async` answers as soon as the message is stored.
    """
    message = await accept(request, conversation, said.id, said.text, has_attachment=said.has_attachment)
    is_hurried = "respond-async" in request.headers.get("prefer", "")
    return await _as_json(request, await wait(request, message, 0.0 if is_hurried else WAIT_SECONDS))


@routes.get("/api/messages/{message_id}")
async def read_message(request: Request, message: AskedFor) -> JSONResponse:
    """The message of that id with its replies; 202 while there are none, 404 if it never came."""
    return await _as_json(request, message)


@routes.get("/api/messages/{message_id}/events", response_class=EventSourceResponse)
async def watch_message(request: Request, message: AskedFor) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events for our own page: `received`, then `answered` with the answers as HTML, and the stream ends."""
    yield ServerSentEvent(event="received", data={"id": message.external_id, "state": message.state})
    message = await wait(request, message, STREAM_SECONDS)
    if message.state != "waiting":
        yield ServerSentEvent(event="answered", data=await _as_page(request, message))


@routes.get("/api/conversation")
async def read_conversation(request: Request, conversation: Conversation) -> dict[str, str]:
    """The conversation so far, as the page shows it: for a page that could not be made with it."""
    transcript = await read(request, conversation)
    return {"html": request.app.state.face.piece(request, "turns", transcript, await ratings(request, conversation))}


@routes.get("/api/notices")
async def read_notices(request: Request, conversation: Conversation) -> dict[str, Any]:
    """What was said without being asked for, by a person or by the assistant itself: {"html", "again_in"}.

    Each piece of the HTML carries its id in `data-notice`; `again_in` is in seconds, 0 where there is nothing to wait for.
    """
    state = request.app.state
    notices = await asyncio.to_thread(state.inbox.notices, conversation)
    html = state.face.piece(request, "turns", notices, {})
    followed = await asyncio.to_thread(state.private.subscriptions.wishes, conversation)
    waits = [await state.counter.again_in(conversation), *(NEWS_SECONDS[wish] for wish in followed)]
    return {"html": html, "again_in": min((wait for wait in waits if wait), default=0.0)}


@routes.delete("/api/conversation", status_code=204)
async def erase_conversation(request: Request, response: Response, conversation: Conversation) -> None:
    """Erases the conversation: messages, answers, opinions, and what the bot remembers. The next one is a new one."""
    await erase(request, conversation)
    response.delete_cookie(COOKIE)


@routes.post("/api/feedback")
async def give_feedback(rated: Rated, request: Request, conversation: Conversation) -> dict[str, str]:
    """Keeps an opinion about an answer; a later one takes its place. Answers with the buttons as they now are."""
    opinion = await rate(request, conversation, rated.id, rated.rating)
    return {"html": request.app.state.face.piece(request, "feedback", rated.id, opinion)}


async def accept(request: Request, conversation: str, message_id: str, text: str, *, has_attachment: bool = False) -> Message:
    """Masks and stores what was said; 503 and a sentence while too much waits, unless it is stored already."""
    state = request.app.state
    if await state.shedding.is_full() and await asyncio.to_thread(state.inbox.find, conversation, message_id) is None:
        state.metrics.shed("web")
        raise HTTPException(503, state.texts["too_busy"], {"Retry-After": "60"})
    taken = await state.privacy.take_in(conversation, text, has_attachment=has_attachment)
    replies = await state.counter.hear(conversation, text)
    message: Message = await asyncio.to_thread(
        state.inbox.accept, conversation, "web", message_id, taken.text, taken.signal, replies=replies
    )
    state.metrics.message(message.channel, message.state)
    return message


async def read(request: Request, conversation: str) -> list[Message]:
    """A conversation from its beginning, as its citizen sees it."""
    state = request.app.state
    transcript = await asyncio.to_thread(state.inbox.transcript, conversation)
    shown: list[Message] = await state.privacy.all_shown(transcript)
    return shown


async def wait(request: Request, message: Message, seconds: float) -> Message:
    """The message, answered if that happens within these seconds; it is answered in the end even if nobody waits."""
    if message.state != "waiting":
        return message
    task = request.app.state.dispatcher.submit(message)
    done, _ = await asyncio.wait([task], timeout=seconds)
    if done:
        return next(iter(done)).result()  # type: ignore[no-any-return]
    task.cancel()
    return message


async def rate(request: Request, conversation: str, message_id: str, rating: str) -> Opinion:
    """Keeps an opinion; 404 without such a message, 422 for what is no rating."""
    opinion = read_opinion(rating)
    if opinion is None:
        raise HTTPException(422, request.app.state.texts["unknown_rating"])
    await _find(request, conversation, message_id)
    await asyncio.to_thread(request.app.state.feedback.give, conversation, message_id, opinion)
    request.app.state.recorder.record(opinion_of(conversation, message_id, opinion))
    return opinion


async def ratings(request: Request, conversation: str) -> dict[str, Opinion]:
    """The opinions given in a conversation."""
    found: dict[str, Opinion] = await asyncio.to_thread(request.app.state.feedback.of, conversation)
    return found


async def erase(request: Request, conversation: str) -> None:
    """Erases a conversation and what was thought of it."""
    await asyncio.to_thread(request.app.state.feedback.erase, conversation)
    await request.app.state.eraser.erase(conversation)


async def _find(request: Request, conversation: str, message_id: str) -> Message:
    message: Message | None = await asyncio.to_thread(request.app.state.inbox.find, conversation, message_id)
    if message is None:
        raise HTTPException(404, request.app.state.texts["unknown_conversation"])
    return message


async def _as_json(request: Request, message: Message) -> JSONResponse:
    facts = _as_page if "html" in request.query_params else _as_facts
    return JSONResponse(await facts(request, message), 202 if message.state == "waiting" else 200)


async def _as_facts(request: Request, message: Message) -> dict[str, Any]:
    """`said` is what is stored of the message: its personal numbers are placeholders."""
    shown = await _shown(request, message)
    return {"id": message.external_id, "state": message.state, "said": message.text, "replies": list(shown.replies or ())}


async def _as_page(request: Request, message: Message) -> dict[str, Any]:
    """For our own page: the answers as HTML, which the server alone makes and escapes."""
    html = request.app.state.face.piece(request, "answers", await _shown(request, message), True, None)
    return {"id": message.external_id, "state": message.state, "html": html}


async def _shown(request: Request, message: Message) -> Message:
    shown: Message = await request.app.state.privacy.shown(message)
    return shown
