"""Serves any app on a free port of this machine, in a thread, for as long as a test needs it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from tests.fake_zalo.bot_api import bot_routes
from tests.fake_zalo.oa_api import oa_routes
from tests.fake_zalo.oauth import oauth_routes
from tests.fake_zalo.world import World


def fake_zalo_app(world: World) -> FastAPI:
    """openapi.zalo.me, oauth.zaloapp.com and bot-api.zaloplatforms.com at one address."""
    app = FastAPI()
    for routes in (oauth_routes(world), oa_routes(world), bot_routes(world)):
        app.include_router(routes)
    return app


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The address the app is served at."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1)
    server = _Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        assert server.is_ready.wait(30), "The server did not start."
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_ready.set()
