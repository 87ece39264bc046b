"""The staff API: what the console asks of the gateway, over loopback or a private network, with a token of its own."""

import asyncio
import hmac
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, Field


async def staff_only(request: Request) -> None:
    """A FastAPI dependency: 404 where no token is set, as if there were no such page; 401 for a wrong one."""
    token = request.app.state.settings.staff_token
    if not token:
        raise HTTPException(404)
    if not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
        raise HTTPException(401)


routes = APIRouter(prefix="/staff", dependencies=[Depends(staff_only)])
By = Annotated[str, Field(min_length=1, max_length=64)]  # a login name of staff, never a citizen


class Put(BaseModel):
    """How the switch is to stand. An empty notice is the usual sentence; the reason is for staff."""

    is_off: bool
    notice: str = Field("", max_length=500)
    reason: str = Field("", max_length=500)
    by: By


@routes.get("/switch")
async def read_switch(request: Request) -> dict[str, Any]:
    """{"is_off", "notice", "reason", "by", "since"}; `since` in UTC, null if it was never put."""
    return asdict(await asyncio.to_thread(request.app.state.switch.read))


@routes.put("/switch")
async def put_switch(put: Put, request: Request) -> dict[str, Any]:
    """Puts the switch; the answer is that of GET."""
    notice = put.notice.strip() or (request.app.state.texts["switched_off"] if put.is_off else "")
    state = await asyncio.to_thread(
        request.app.state.switch.put, is_off=put.is_off, notice=notice, reason=put.reason.strip(), by=put.by
    )
    return asdict(state)
