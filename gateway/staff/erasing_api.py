"""The staff API of erasing: a citizen asked for it at a counter or by letter."""

from fastapi import APIRouter, Request

from gateway import webchat

routes = APIRouter()


@routes.delete("/conversations/{conversation}")
async def erase(conversation: str, request: Request) -> dict[str, str]:
    """{}: the conversation is erased as if its citizen had pressed the button; one that is not there is erased too."""
    await webchat.erase(request, conversation)
    return {}
