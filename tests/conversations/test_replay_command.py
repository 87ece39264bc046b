"""`python -m motcua.replay` against the running assistant, as an evaluator calls it."""

import json
import subprocess
import sys
from pathlib import Path

from motcua.settings import ROOT
from tests.stack import Stack

CONVERSATIONS = [
    {"id": "kết hôn", "turns": ["Đăng ký kết hôn cần giấy tờ gì?", "còn lệ phí thì sao"]},
    {"id": "chào", "turns": ["xin chào"]},
]
FIELDS = ["id", "turn", "said", "status", "procedures", "sections", "sources", "choices", "text", "latency_ms"]


def test_the_command_writes_one_line_a_turn_with_the_documented_fields(stack: Stack, tmp_path: Path) -> None:
    conversations = tmp_path / "conversations.jsonl"
    lines = [json.dumps(conversation, ensure_ascii=False) for conversation in CONVERSATIONS]
    conversations.write_text("\n".join(lines), "utf-8")
    command = [sys.executable, "-m", "motcua.replay", str(conversations), "--to", stack.url, "--parallel", "2"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    results = [json.loads(line) for line in run.stdout.splitlines()]
    assert [list(result) for result in results] == [FIELDS] * 3
    assert [(result["id"], result["turn"]) for result in results] == [("kết hôn", 1), ("kết hôn", 2), ("chào", 1)]
    assert [result["said"] for result in results] == [said for one in CONVERSATIONS for said in one["turns"]]
    assert [result["status"] for result in results] == ["answered_from_guide", "answered_from_guide", "smalltalk"]
    assert [result["procedures"][:1] for result in results] == [["1.000894"], ["1.000894"], []]
    assert [result["sections"] for result in results] == [["papers"], ["fee"], []]
    assert all(result["latency_ms"] > 0 for result in results)
