"""The staff API of helped sessions."""

import asyncio

from fastapi import APIRouter, Request
from pydantic import Field

from gateway.staff.access import Signed
from gateway.staff.helped import Session

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
