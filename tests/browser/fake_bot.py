"""The bot's internal channel over real HTTP, answering a few questions from the repository's own guides."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from motcua.procedures.answers import Answers, source_facts
from motcua.procedures.loader import load_guides
from motcua.settings import ROOT
from motcua.vietnamese.folding import fold

BIRTH, MARRIAGE, CARD = "1.001193", "1.000894", "1.116410"
# What is asked, by folded words → the sections of the birth registration's guide that are answered.
ASKED = {
    "le phi": ("fee",),
    "giay to gi": ("papers",),
    "cac buoc": ("steps",),
    "o dau": ("place",),
    "can cu": ("legal_basis",),
    "mau don": ("forms",),
    "dieu kien": ("conditions",),
}
REFUSED = "Trợ lý chỉ giúp về thủ tục hành chính ở Bắc Ninh.\nAnh/Chị cần làm giấy tờ gì thì nhắn ở đây."


@cache
def _guides():
    return load_guides(ROOT / "knowledge_base" / "procedures")


@cache
def _answers() -> Answers:
    return Answers(ROOT / "knowledge_base")


def answer(*sections: str) -> dict[str, Any]:
    """An answer as the action server gives it."""
    guide = _guides()[BIRTH]
    source = _answers().source(guide)
    return {
        "text": "\n\n".join([*(_answers().render(section, guide) for section in sections), source]),
        "status": "answered_from_guide",
        "procedures": [guide.code],
        "sections": list(sections),
        "sources": [source_facts(guide)],
        "title": guide.name,
        "blocks": _answers().blocks(sections, guide),
        "source_line": source,
    }


def offer() -> dict[str, Any]:
    """A question back, with choices."""
    offered = [{"code": code, "title": _guides()[code].name} for code in (BIRTH, MARRIAGE, CARD) if code in _guides()]
    return {
        "text": "Anh/Chị muốn hỏi việc nào dưới đây? Nhắn số, hoặc bấm chọn.",
        "status": "asked_which_procedure",
        "offered": offered,
    }


def reply_to(text: str) -> dict[str, Any]:
    """The reply to a message."""
    said = fold(text)
    if said.isdigit():
        return answer("overview")
    if "h05" in said:
        return {"text": f"Hồ sơ {text} đang được xem xét. Hẹn trả ngày 30/11/2026.", "status": "answered_dossier"}
    if "gap can bo" in said:
        handover = {"reason": "asked", "place": None, "summary": {}}
        text = "Anh/Chị đến Trung tâm Phục vụ hành chính công phường, xã để gặp cán bộ."
        return {"text": text, "status": "handed_over", "handover": handover}
    if "the bao hiem" in said:
        return offer()
    sections = next((sections for words, sections in ASKED.items() if words in said), None)
    if sections or "khai sinh" in said or "moi sinh" in said:
        return answer(*(sections or ("overview",)))
    return {"text": REFUSED, "status": "declined_out_of_scope"}


@dataclass
class RunningBot:
    """Its port, what it heard, and a gate that holds its answers back while it is closed."""

    port: int
    heard: list[dict[str, Any]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)


@contextmanager
def running_bot() -> Iterator[RunningBot]:
    """A bot in a thread of its own."""
    bot = RunningBot(0)
    bot.gate.set()

    class Channel(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            turn = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            bot.heard.append(turn)
            bot.gate.wait(60)
            self._send({"replies": [reply_to(turn.get("text", ""))]})

        def do_DELETE(self) -> None:
            self._send({})

        def _send(self, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Channel)
    bot.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield bot
    finally:
        bot.gate.set()
        server.shutdown()
        server.server_close()
        thread.join()
