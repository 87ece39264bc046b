"""The staff API of replays: what the assistant of today says to what was once said."""

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Request
from pydantic import Field

from gateway.bot_client import BotFailed, BotUnavailable
from gateway.inbox import Message
from gateway.staff.access import Signed
from motcua.conversations.moments import now_ms
from motcua.conversations.turns import REPLAYED
from motcua.replay import told

routes = APIRouter()
Said = Annotated[str, Field(min_length=1, max_length=2000)]


class Replay(Signed):
    """What was said, in order."""

    turns: list[Said] = Field(min_length=1, max_length=20)


@routes.post("/replay")
async def replay(asked: Replay, request: Request) -> dict[str, Any]:
    """{"turns": [{"status", "procedures", "sections", "text", "rankings", …}]}, one for each; 503 while the bot cannot answer.

    They are said in a conversation of their own, which no store keeps, no figure counts, and the bot forgets at the end.
    """
    state, conversation = request.app.state, REPLAYED + secrets.token_hex(16)
    try:
        return {"turns": [await _answer(state.bot, conversation, said) for said in asked.turns]}
    except (BotUnavailable, BotFailed) as error:
        raise HTTPException(503) from error
    finally:
        await state.eraser.erase(conversation)


async def _answer(bot: Any, conversation: str, said: str) -> dict[str, Any]:
    message = Message(0, conversation, "web", secrets.token_hex(8), said, None, "waiting", None, at=now_ms())
    replies = await bot.replies(message, is_traced=True)
    traces = [reply["trace"] for reply in replies if reply.get("trace")]
    return told(replies) | {"rankings": traces[0]["rankings"] if traces else []}
