"""Who may use the staff API: the console, over loopback or a private network, with a token of its own."""

import hmac
from typing import Annotated

from fastapi import HTTPException, Request
from pydantic import BaseModel, Field


async def staff_only(request: Request) -> None:
    """A FastAPI dependency: 404 where no token is set, as if there were no such page; 401 for a wrong one."""
    token = request.app.state.settings.staff_token
    if not token:
        raise HTTPException(404)
    if not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
        raise HTTPException(401)


By = Annotated[str, Field(min_length=1, max_length=64)]  # a login name of staff, never a citizen


class Signed(BaseModel):
    """Who does it."""

    by: By
