"""The gateway's staff API in so far as the console uses it, over httpx."""

import json

import httpx


class FakeGateway:
    """Remembers how the switch was turned; may be away."""

    def __init__(self) -> None:
        self.is_away = False
        self.switch = {"is_off": False, "notice": "", "reason": "", "by": "", "since": None}
        self.erased: list[str] = []
        self.replayed: list[list[str]] = []
        self.answer = {"status": "smalltalk", "procedures": [], "sections": [], "text": "Chào Anh/Chị.", "rankings": []}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.is_away:
            raise httpx.ConnectError("nobody there")
        if request.method == "DELETE":
            self.erased.append(request.url.path.removeprefix("/staff/conversations/"))
            return httpx.Response(200, json={})
        if request.url.path == "/staff/replay":
            self.replayed.append(turns := json.loads(request.content)["turns"])
            return httpx.Response(200, json={"turns": [self.answer for _ in turns]})
        assert request.url.path == "/staff/switch"
        if request.method == "PUT":
            self.switch = {**json.loads(request.content), "since": "2026-11-26T03:04:05+00:00"}
        return httpx.Response(200, json=self.switch)
