"""The gateway's staff API in so far as the console uses it, over httpx."""

import json

import httpx


class FakeGateway:
    """Remembers how the switch was turned; may be away."""

    def __init__(self) -> None:
        self.is_away = False
        self.switch = {"is_off": False, "notice": "", "reason": "", "by": "", "since": None}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.is_away:
            raise httpx.ConnectError("nobody there")
        assert request.url.path == "/staff/switch"
        if request.method == "PUT":
            self.switch = {**json.loads(request.content), "since": "2026-11-26T03:04:05+00:00"}
        return httpx.Response(200, json=self.switch)
