"""A gateway as a process of its own, told to log in JSON: what its log tells of a turn, and what not."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx

from gateway.conversations import Conversations
from motcua.logs import conversation_digest
from motcua.settings import ROOT
from tests.ports import free_port

SECRET = "s" * 32
COMMAND = (
    sys.executable,
    "-W",
    "ignore",
    "-m",
    "uvicorn",
    "--factory",
    "gateway.app:create_app",
    "--ws",
    "none",
    "--no-access-log",
)


def test_a_turn_that_fails_is_a_line_of_json_with_the_conversation_s_digest_and_no_word_of_it(tmp_path: Path) -> None:
    port = free_port()
    environment = {
        **os.environ,
        "MOTCUA_VAR": str(tmp_path),
        "MOTCUA_SECRET": SECRET,
        "MOTCUA_BOT_TOKEN": "t" * 16,
        "MOTCUA_BOT_PORT": str(free_port()),  # no bot there
        "MOTCUA_PATIENCE_SECONDS": "1",
        "MOTCUA_LOG_FORMAT": "json",
    }
    with subprocess.Popen([*COMMAND, "--port", str(port)], env=environment, cwd=ROOT, stderr=subprocess.PIPE) as process:
        try:
            conversation = _have_a_turn(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
        log = process.communicate()[1].decode()
    lines = [json.loads(line) for line in log.splitlines()]
    (failed,) = [line for line in lines if "got no answer" in line["message"]]
    assert (failed["level"], failed["logger"]) == ("ERROR", "gateway.dispatcher")
    assert failed["conversation"] == conversation_digest(conversation)
    assert {"uvicorn.error"} < {line["logger"] for line in lines}
    assert conversation not in log
    assert not [word for word in ("kết", "hôn", "ket", "hon", "mật") if f" {word} " in log]


def _have_a_turn(url: str) -> str:
    with httpx.Client(base_url=url, timeout=60) as client:
        _wait_until_up(client)
        token = client.post("/api/conversations").json()["conversation"]
        said = {"id": "tin-nhan-1", "text": "đăng ký kết hôn bí mật ở đâu"}
        replies = client.post("/api/messages", json=said, headers={"Authorization": f"Bearer {token}"}).json()["replies"]
    assert [reply["status"] for reply in replies] == ["failed_internal"]
    return str(Conversations(SECRET).read(token))


def _wait_until_up(client: httpx.Client) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            client.get("/health")
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the gateway did not start")
