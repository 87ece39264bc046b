"""A tiny push channel: events come in by POST /push, replies go out to the address in MOTCUA_PUSH_TO; and its other side."""

import json
import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from fastapi import FastAPI, Request

from gateway.outbox import Channel, Delivered, Delivery, Outcome, TryLater
from gateway.reception import Incoming
from motcua.settings import Settings


class PushChannel:
    """Delivers by HTTP, with the delivery's id."""

    name = "push"
    window: float | None = None

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client, self._url = client, url

    async def deliver(self, delivery: Delivery) -> Outcome:
        sent = {"id": delivery.id, "person": delivery.address["person"], "text": delivery.reply["text"]}
        response = await self._client.post(self._url, json=sent)
        return Delivered() if response.status_code == 200 else TryLater(None, str(response.status_code))


def connect(app: FastAPI, _: Settings) -> list[Channel]:
    """Called by the gateway, which is told of this module in MOTCUA_CONNECTORS."""
    client = httpx.AsyncClient(timeout=5)
    app.state.running.append(client)

    @app.post("/push")
    async def push(request: Request) -> dict[str, str]:
        event = await request.json()
        person = event["person"]
        incoming = Incoming(person, "push", event["id"], event["text"], {"person": person}, person)
        await request.app.state.reception.receive(incoming)
        return {"status": "stored"}

    return [PushChannel(client, os.environ["MOTCUA_PUSH_TO"])]


class Phones:
    """The people's phones: what arrived at each, in order; a delivery that comes again is known by its id."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = defaultdict(list)
        self.repeated = 0
        self._seen: set[int] = set()
        self._lock = threading.Lock()

    def take(self, sent: dict[str, Any]) -> None:
        with self._lock:
            if sent["id"] in self._seen:
                self.repeated += 1
                return
            self._seen.add(sent["id"])
            self.texts[sent["person"]].append(sent["text"])

    @contextmanager
    def listening(self) -> Iterator[str]:
        """Serves; the address."""
        phones = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                phones.take(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}"
            finally:
                server.shutdown()
                thread.join()
