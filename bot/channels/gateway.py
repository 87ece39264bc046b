"""The one way into the bot: our gateway, over loopback, with a token. Rasa's own REST channel trusts any sender."""

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

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
        self.replies.append({key: value for key, value in message.items() if value not in (None, [], {})})


class GatewayInput(InputChannel):
    """POST /webhooks/gateway/turns {"conversation", "text" or "signal"} → {"replies": [{"text", "status", …}]}."""

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
        """Routes: GET / says the process is up; POST /turns takes one message and answers when the turn is over."""
        routes = Blueprint("gateway_channel")

        @routes.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.post("/turns")
        async def turn(request: Request) -> HTTPResponse:
            given = request.headers.get("Authorization", "")
            if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
                return response.json({"error": "token"}, status=401)
            replies = CollectedReplies()
            conversation = str(request.json["conversation"])
            try:
                await on_new_message(_user_message(request.json, conversation, replies))
            except Exception as error:  # the edge of the process: the citizen's text must not reach log or answer
                logger.error("Turn failed in conversation %s: %s", conversation, type(error).__name__)
                return response.json({"error": "turn"}, status=500)
            return response.json({"replies": replies.replies})

        return routes


def _user_message(body: dict[str, Any], conversation: str, replies: OutputChannel) -> UserMessage:
    signal = body.get("signal")
    # Rasa reads "/intent" as a command, so a citizen's leading slash goes.
    text = f"/{signal}" if signal in SIGNALS else str(body["text"]).lstrip("/ ")
    return UserMessage(text, replies, conversation, input_channel="gateway", metadata=body.get("metadata"))
