"""The staff API of conversations that a person was asked into."""

import asyncio
import logging
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from gateway.staff.access import Signed
from gateway.staff.handovers import Handover
from gateway.staff.turns import turns_of
from motcua.logs import about

logger = logging.getLogger(__name__)
routes = APIRouter()


class Written(Signed):
    """A reply of staff; the same id is the same reply."""

    id: str = Field(pattern=r"^[\w-]{8,64}$")
    text: str = Field(min_length=1, max_length=2000)


async def _handover(conversation: str, request: Request) -> Handover:
    found: Handover | None = await asyncio.to_thread(request.app.state.counter.handovers.find, conversation)
    if found is None:
        raise HTTPException(404)
    return found


Found = Annotated[Handover, Depends(_handover)]


@routes.get("/queue")
async def read_queue(request: Request, place: str | None = None) -> list[dict[str, Any]]:
    """Who waits, who is written to and who is to be called, oldest first; of one place by its code, or of all."""
    found = await asyncio.to_thread(request.app.state.counter.handovers.open, place)
    return [_entry(handover) for handover in found]


@routes.get("/conversations/{conversation}")
async def read_conversation(request: Request, found: Found) -> dict[str, Any]:
    """One conversation with its redacted turns; 404 if no person was asked into it, or longer than a day ago."""
    turns = await asyncio.to_thread(turns_of, request.app.state.database, found.conversation)
    return _entry(found) | {"turns": turns}


@routes.post("/conversations/{conversation}/take")
async def take(signed: Signed, request: Request, found: Found) -> JSONResponse:
    """Takes it: the assistant is silent there. 409 with {"by"} when another has it; taking it twice is fine."""
    if await request.app.state.counter.take(found, signed.by):
        return JSONResponse({})
    return _taken_by(await _handover(found.conversation, request))


@routes.post("/conversations/{conversation}/reply")
async def reply(written: Written, request: Request, found: Found) -> JSONResponse:
    """Sends a reply through the citizen's channel; 409 with {"by"} unless the conversation is taken by who writes."""
    if found.by != written.by or found.state == "closed":
        return _taken_by(found)
    await request.app.state.counter.reply(found, message_id=written.id, text=written.text)
    return JSONResponse({})


@routes.post("/conversations/{conversation}/back")
async def give_back(signed: Signed, request: Request, found: Found) -> JSONResponse:
    """The assistant answers again and says so; 409 with {"by"} when another has it. Given back twice it stays so."""
    if found.by not in ("", signed.by):
        return _taken_by(found)
    await request.app.state.counter.back(found)
    return JSONResponse({})


@routes.post("/conversations/{conversation}/done")
async def settle(signed: Signed, request: Request, found: Found) -> JSONResponse:
    """A callback request is settled and its number deleted; 409 with {"by"} when another has it."""
    if found.by not in ("", signed.by):
        return _taken_by(found)
    await request.app.state.counter.done(found)
    return JSONResponse({})


@routes.post("/conversations/{conversation}/phone")
async def read_phone(signed: Signed, request: Request, found: Found) -> JSONResponse:
    """{"phone"}: the number to call, for who has taken the request; 409 with {"by"} for others, 404 where there is none."""
    if found.by != signed.by:
        return _taken_by(found)
    phone = request.app.state.counter.phone(found)
    if phone is None:
        raise HTTPException(404)
    with about(found.conversation):
        logger.info("The number was shown to %s", signed.by)
    return JSONResponse({"phone": phone})


def _entry(found: Handover) -> dict[str, Any]:
    names = ("conversation", "channel", "place", "reason", "state", "by", "summary")
    return {name: getattr(found, name) for name in names} | {"since": datetime.fromtimestamp(found.since, UTC).isoformat()}


def _taken_by(found: Handover) -> JSONResponse:
    return JSONResponse({"by": found.by}, 409)
