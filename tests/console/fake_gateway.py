"""The gateway's staff API in so far as the console uses it, over httpx."""

import json
from typing import Any

import httpx

PHONE = "0912 345 678"


class FakeGateway:
    """Remembers how the switch was turned, and a queue of conversations; may be away."""

    def __init__(self) -> None:
        self.is_away = False
        self.switch = {"is_off": False, "notice": "", "reason": "", "by": "", "since": None}
        self.queue: dict[str, dict[str, Any]] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.is_away:
            raise httpx.ConnectError("nobody there")
        match request.url.path.split("/")[2:]:
            case ["switch"]:
                return self._switch(request)
            case ["queue"]:
                entries = [{**entry, "turns": ()} for entry in self.queue.values() if entry["state"] != "closed"]
                return httpx.Response(200, json=entries)
            case ["conversations", name, *action] if name in self.queue:
                return self._conversation(self.queue[name], action, json.loads(request.content or "{}"))
        return httpx.Response(404)

    def ask(self, name: str, **more: Any) -> dict[str, Any]:
        """Puts somebody into the queue."""
        self.queue[name] = {
            "conversation": name,
            "channel": "web",
            "place": None,
            "reason": "asked",
            "state": "waiting",
            "by": "",
            "summary": {"procedure": "Đăng ký khai sinh (1.001193)", "section": "papers", "facts": ["bị mất"]},
            "since": "2026-11-18T11:00:00+00:00",
            "turns": [{"id": "1", "at": "2026-11-18T11:00:00+00:00", "who": "citizen", "text": "gặp cán bộ", "status": None}],
            **more,
        }
        return self.queue[name]

    def _switch(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            self.switch = {**json.loads(request.content), "since": "2026-11-26T03:04:05+00:00"}
        return httpx.Response(200, json=self.switch)

    def _conversation(self, entry: dict[str, Any], action: list[str], sent: dict[str, Any]) -> httpx.Response:
        if not action:
            return httpx.Response(200, json=entry)
        if entry["by"] not in ("", sent["by"]) or (action != ["take"] and entry["by"] != sent["by"]):
            return httpx.Response(409, json={"by": entry["by"]})
        match action:
            case ["take"]:
                entry |= {"by": sent["by"], "state": "taken" if entry["state"] == "waiting" else entry["state"]}
            case ["reply"]:
                said = {"id": sent["id"], "at": entry["since"], "who": "staff", "text": sent["text"], "status": None}
                entry["turns"] = [turn for turn in entry["turns"] if turn["id"] != sent["id"]] + [said]
            case ["phone"]:
                return httpx.Response(200, json={"phone": PHONE})
            case _:
                entry |= {"state": "closed"}
        return httpx.Response(200, json={})
