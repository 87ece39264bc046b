"""The staff API of the switch."""

import asyncio
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from pydantic import Field

from gateway.staff.access import Signed

routes = APIRouter()


class Put(Signed):
    """How the switch is to stand. An empty notice is the usual sentence; the reason is for staff."""

    is_off: bool
    notice: str = Field("", max_length=500)
    reason: str = Field("", max_length=500)


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
