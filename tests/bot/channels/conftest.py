"""Our channel in a Sanic that is started once: it rewrites its own methods, and cannot do so twice in a process."""

import asyncio

import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.channels.gateway import GatewayInput

TOKEN = "a token of the bot's own"


@pytest.fixture(scope="session")
def app() -> Sanic:
    """What answers behind it stands in `app.ctx.agent`."""
    app = Sanic("bot")
    app.blueprint(GatewayInput.from_credentials({"token": TOKEN}).blueprint(_nobody), url_prefix="/webhooks/gateway")
    asyncio.run(app._startup())
    return app


async def _nobody(_: UserMessage) -> None:
    raise AssertionError("Rasa's own handler runs a turn for each message, repeated or not")
