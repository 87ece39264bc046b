"""Golden conversations as a candidate is compared by them: with a model, through the action server, without a gateway."""

import json
import subprocess
import sys
from typing import Any

from bot.model import model_path
from motcua.settings import ROOT, load_settings
from tests.ports import free_port
from tests.stack import Stack

FEE = {"say": "Đăng ký kết hôn mất bao nhiêu tiền?", "then": {"status": "answered_from_guide", "procedure": "1.000894"}}
GOLDEN = [
    {"name": "kept", "turns": [FEE, {"say": "mấy ngày có", "then": {"status": "answered_from_guide", "sections": ["time"]}}]},
    {"name": "lost by status", "turns": [{"say": "xin chào", "then": {"status": "declined_no_guide"}}]},
    {"name": "lost by section", "turns": [{**FEE, "then": {**FEE["then"], "sections": ["place"]}}]},
]
PROGRAM = """
import json, sys
from pathlib import Path
from bot import lean_rasa
lean_rasa.install()
from bot import fast_rasa
fast_rasa.install()
from bot.comparing import kept_golden
from motcua.settings import load_settings
told = []
kept = kept_golden(Path(sys.argv[1]), json.loads(sys.argv[2]), load_settings(), tell=lambda **facts: told.append(facts))
print(json.dumps({"kept": kept, "told": told}))
"""


def _compare(stack: Stack, actions_port: str) -> Any:
    """In a process of its own, as a candidate is: Rasa imported leanly can't be taken back."""
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, str(model_path(load_settings())), json.dumps(GOLDEN)]
    environment = {**stack.environment, "MOTCUA_ACTIONS_PORT": actions_port}
    ran = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(ran.stdout.splitlines()[-1])


def test_the_conversations_that_go_as_written_are_named(stack: Stack) -> None:
    assert _compare(stack, stack.environment["MOTCUA_ACTIONS_PORT"]) == {"kept": ["kept"], "told": [{"part": 0, "of": 3}]}


def test_without_an_action_server_nothing_is_said_about_them(stack: Stack) -> None:
    assert _compare(stack, str(free_port()))["kept"] is None
