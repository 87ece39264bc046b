"""The one way into the bot: our gateway, over loopback, with a token. Rasa's own REST channel trusts any sender."""

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.lock_store import LockError
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.turns import ActionsAreDown, Replies, forget, replies_of, whole
from bot.trackers import TurnOvertaken
from motcua.logs import about
from motcua.spans import go_on, span

logger = logging.getLogger(__name__)

# What the gateway says instead of a text; each is an intent of bot/domain/talk.yml. Citizens can't type an intent.
SIGNALS = ("send_attachment", "send_nothing", "send_too_much")


class CollectedReplies(OutputChannel):
    """Keeps each bot message whole, metadata included, until the turn is over."""

    def __init__(self) -> None:
        self.replies: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The name Rasa records with each event."""
        return "gateway"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Called by Rasa for each bot message of the turn."""
        self.replies.append(whole(message))


class GatewayInput(InputChannel):
    """POST /webhooks/gateway/turns {"conversation", "message", "text" or "signal"} → {"replies": [{"text", "status", …}]}.

    The same message of a conversation may be sent again and again: its turn is run once. DELETE …/conversations/ID forgets one.
    """

    def __init__(self, token: str) -> None:
        if len(token) < 16:
            raise ValueError("The gateway channel needs a token of at least 16 characters (MOTCUA_BOT_TOKEN).")
        self._token = token

    @classmethod
    def name(cls) -> str:
        """The path below /webhooks."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "GatewayInput":
        """Called by Rasa with this channel's block of credentials.yml."""
        return cls(str((credentials or {}).get("token", "")))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Routes: GET / says the process is up; the others need the token. Rasa's `on_new_message` knows no repeated turn."""
        routes = Blueprint("gateway_channel")

        @routes.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.post("/turns")
        async def turn(request: Request) -> HTTPResponse:
            conversation = str((request.json or {}).get("conversation", ""))
            return await self._answer(request, conversation, _turn)

        @routes.delete("/conversations/<conversation>")
        async def erase(request: Request, conversation: str) -> HTTPResponse:
            return await self._answer(request, conversation, _forget)

        return routes

    async def _answer(self, request: Request, conversation: str, handle: "Handle") -> HTTPResponse:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            return response.json({"error": "token"}, status=401)
        agent: Agent | None = getattr(request.app.ctx, "agent", None)
        if agent is None or not agent.is_ready():
            return response.json({"error": "loading"}, status=503)
        go_on(request.headers)
        with about(conversation):
            return await _answered(handle(agent, conversation, request.json))


Handle = Callable[[Agent, str, Any], Awaitable[Replies]]


async def _answered(turn: Awaitable[Replies]) -> HTTPResponse:
    try:
        return response.json({"replies": await turn})
    except ActionsAreDown:
        return response.json({"error": "actions"}, status=503)
    except (SQLAlchemyError, LockError, TurnOvertaken) as error:  # the turn has left no trace, and may be run later
        logger.error("No database or lock for a turn: %s", type(error).__name__)
        return response.json({"error": "trackers"}, status=503)
    except Exception as error:  # the edge of the process: the citizen's text must not reach log or answer
        logger.error("Turn failed: %s", type(error).__name__)
        return response.json({"error": "turn"}, status=500)


async def _turn(agent: Agent, conversation: str, body: dict[str, Any]) -> Replies:
    with span("turn"):
        return await replies_of(agent, _user_message(body, conversation))


async def _forget(agent: Agent, conversation: str, _: object) -> Replies:
    with span("forget"):
        await forget(agent, conversation)
    return []


def _user_message(body: dict[str, Any], conversation: str) -> UserMessage:
    signal = body.get("signal")
    # Rasa reads "/intent" as a command, so a citizen's leading slash goes.
    text = f"/{signal}" if signal in SIGNALS else str(body["text"]).lstrip("/ ")
    message_id, metadata = str(body["message"]), body.get("metadata")
    return UserMessage(
        text, CollectedReplies(), conversation, input_channel="gateway", message_id=message_id, metadata=metadata
    )
