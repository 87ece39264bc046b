"""Against a real HTTP server on loopback that answers as the gateway does."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from motcua import replay as module
from motcua.replay import main, replay_all

ANSWER = {
    "text": "Không mất tiền.",
    "status": "answered_from_guide",
    "procedures": ["1.001193", "1.000656"],
    "sections": ["fee"],
    "sources": [{"url": "https://dichvucong.gov.vn"}],
}
CHOICES = {
    "status": "asked_which_procedure",
    "text": "Việc nào?",
    "offered": [{"code": "1.004194", "title": "Đăng ký tạm trú"}],
}
TALK = {"hai câu": [{"text": "Vâng."}, ANSWER], "tạm trú": [CHOICES], "im lặng": []}


class Gateway(ThreadingHTTPServer):
    """Opens conversations and answers from TALK; "chậm" is answered at the second asking, "nhanh" at the third,
    "hỏng" is a server's fault."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.opened = 0
        self.heard: list[tuple[str, str]] = []
        self.slow: dict[str, str] = {}
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")
        if self.path == "/api/conversations":
            self.server.opened += 1
            self.reply(201, {"conversation": f"token-{self.server.opened}"})
            return
        self.server.heard.append((self.headers["Authorization"], body["text"]))
        if body["text"] == "hỏng":
            self.reply(500, {})
        elif body["text"] == "chậm":
            self.server.slow[body["id"]] = body["text"]
            self.reply(202, {"replies": []})
        elif body["text"] == "nhanh" and len(self.server.heard) < 3:
            self.reply(429, {"detail": "chờ một phút"})
        else:
            self.reply(200, {"replies": TALK.get(body["text"], [ANSWER])})

    def do_GET(self) -> None:
        known = self.path.removeprefix("/api/messages/") in self.server.slow
        self.reply(200 if known else 404, {"replies": [{"text": "Xong.", "status": "smalltalk"}]})

    def reply(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Retry-After", "0")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing: the tests read what was heard."""


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    monkeypatch.setattr(module, "_POLL_SECONDS", 0.0)
    with Gateway() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def run(gateway: Gateway, *conversations: list[str], parallel: int = 1) -> list[dict[str, Any]]:
    told = ({"id": f"c{number}", "turns": turns} for number, turns in enumerate(conversations, start=1))
    return list(replay_all(told, gateway.url, parallel=parallel))


def test_an_answer_is_one_line_with_all_its_facts(gateway: Gateway) -> None:
    (result,) = run(gateway, ["lệ phí khai sinh"])
    assert result.pop("latency_ms") >= 0
    assert result == {
        "id": "c1",
        "turn": 1,
        "said": "lệ phí khai sinh",
        "status": "answered_from_guide",
        "procedures": ["1.001193", "1.000656"],
        "sections": ["fee"],
        "sources": [{"url": "https://dichvucong.gov.vn"}],
        "choices": [],
        "text": "Không mất tiền.",
    }


def test_choices_are_told_by_code(gateway: Gateway) -> None:
    (result,) = run(gateway, ["tạm trú"])
    assert (result["status"], result["choices"]) == ("asked_which_procedure", ["1.004194"])


def test_several_replies_make_one_line(gateway: Gateway) -> None:
    (result,) = run(gateway, ["hai câu"])
    assert (result["status"], result["text"]) == ("answered_from_guide", "Vâng.\n\nKhông mất tiền.")


def test_silence_is_a_failure(gateway: Gateway) -> None:
    (result,) = run(gateway, ["im lặng"])
    assert (result["status"], result["text"]) == ("failed_internal", "")


def test_a_slow_answer_is_waited_for(gateway: Gateway) -> None:
    (result,) = run(gateway, ["chậm"])
    assert (result["status"], result["text"]) == ("smalltalk", "Xong.")


def test_who_is_told_to_wait_waits_and_sends_again(gateway: Gateway) -> None:
    (result,) = run(gateway, ["nhanh"])
    assert result["status"] == "answered_from_guide"
    assert len(gateway.heard) == 3


def test_turns_of_a_conversation_go_one_after_another_under_its_token(gateway: Gateway) -> None:
    results = run(gateway, ["khai sinh", "còn lệ phí"], ["khai tử"])
    assert [(result["id"], result["turn"]) for result in results] == [("c1", 1), ("c1", 2), ("c2", 1)]
    assert gateway.heard == [
        ("Bearer token-1", "khai sinh"),
        ("Bearer token-1", "còn lệ phí"),
        ("Bearer token-2", "khai tử"),
    ]


def test_in_parallel_results_keep_their_order(gateway: Gateway) -> None:
    results = run(gateway, *[[f"câu {number}"] for number in range(12)], parallel=4)
    assert [result["said"] for result in results] == [f"câu {number}" for number in range(12)]
    assert gateway.opened == 12


def test_a_gateway_that_fails_stops_the_replay(gateway: Gateway) -> None:
    with pytest.raises(httpx.HTTPStatusError, match="500"):
        run(gateway, ["hỏng"])


def test_a_gateway_that_is_not_there_stops_the_replay() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(httpx.ConnectError):
        list(replay_all([{"id": "c1", "turns": ["khai sinh"]}], f"http://127.0.0.1:{port}"))


def test_the_command_reads_and_writes_lines_of_json(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [{"id": "một", "turns": ["khai sinh", "tạm trú"]}, {"id": "hai", "turns": ["im lặng"]}]
    path = tmp_path / "conversations.jsonl"
    path.write_text("\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", "utf-8")
    monkeypatch.setattr("sys.argv", ["replay", str(path), "--to", gateway.url, "--parallel", "2"])
    main()
    printed = capsys.readouterr().out
    assert [json.loads(line)["id"] for line in printed.splitlines()] == ["một", "một", "hai"]
    assert "khai sinh" in printed
