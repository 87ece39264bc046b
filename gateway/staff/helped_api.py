"""The staff API of helped sessions."""

import asyncio
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from pydantic import Field

from gateway.staff.access import Signed
from gateway.staff.helped import Session
from gateway.staff.turns import turns_of

routes = APIRouter()


class Beside(Signed):
    """A volunteer who begins to help a resident, and in which ward or commune."""

    place: str | None = Field(None, pattern=r"^\d{5}$")


@routes.post("/helped", status_code=201)
async def help_resident(beside: Beside, request: Request) -> dict[str, str]:
    """{"conversation", "token"}: a session that is used like a conversation of the web, and erased after four hours."""
    state = request.app.state
    token = state.conversations.open(helped=True)
    conversation = state.conversations.read(token)
    await asyncio.to_thread(state.helped.open, Session(conversation, beside.by, beside.place))
    return {"conversation": conversation, "token": token}


@routes.get("/helped/{conversation}")
async def read_helped(conversation: str, request: Request) -> list[dict[str, Any]]:
    """The turns of a helped session, redacted; 404 where it is none, or over."""
    state = request.app.state
    if not await asyncio.to_thread(state.helped.is_open, conversation):
        raise HTTPException(404)
    return await asyncio.to_thread(turns_of, state.database, conversation)
