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
        self.helped: dict[str, list[dict[str, Any]]] = {}
        self.printed = ""
        self.erased: list[str] = []
        self.replayed: list[list[str]] = []
        self.answer = {"status": "smalltalk", "procedures": [], "sections": [], "text": "Chào Anh/Chị.", "rankings": []}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.is_away:
            raise httpx.ConnectError("nobody there")
        match request.url.path.split("/")[2:]:
            case ["helped", *_] | ["messages"] | ["conversation"]:
                return self._helped(request)
            case [sheet] if sheet.endswith(".pdf"):
                self.printed = str(request.url.query, "ascii")
                return httpx.Response(200, content=b"%PDF-1.7")
            case ["conversations", name] if request.method == "DELETE":
                self.erased.append(name)
                return httpx.Response(200, json={})
            case ["replay"]:
                self.replayed.append(turns := json.loads(request.content)["turns"])
                return httpx.Response(200, json={"turns": [self.answer for _ in turns]})
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

    def _helped(self, request: httpx.Request) -> httpx.Response:
        """Sessions beside residents, answered with a choice; the token of one is its name."""
        session = request.headers.get("authorization", "").removeprefix("Bearer ") or request.url.path.split("/")[-1]
        if request.method == "DELETE":
            return httpx.Response(204 if self.helped.pop(session, None) is not None else 404)
        if request.url.path == "/staff/helped":
            self.helped[name := f"helped-{len(self.helped)}"] = []
            return httpx.Response(201, json={"conversation": name, "token": name})
        if session not in self.helped:
            return httpx.Response(404)
        if request.method == "POST":
            sent = json.loads(request.content)
            answer = {"text": "Đăng ký khai sinh: miễn phí.", "procedures": ["1.001193"], "offered": [{"title": "Lệ phí"}]}
            told = {"at": "2026-11-18T11:00:00+00:00", "status": None, "offered": [], "procedures": []}
            question = {**told, "id": sent["id"], "who": "citizen", "text": sent["text"]}
            self.helped[session] += [question, {**told, "id": f"{sent['id']}-1", "who": "assistant", **answer}]
        return httpx.Response(200, json=self.helped[session])
