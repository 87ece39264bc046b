"""A gateway as it runs for citizens, in a process of its own, before a small bot."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from motcua.settings import ROOT
from tests.browser.fake_bot import RunningBot, running_bot
from tests.ports import free_port

STAFF_TOKEN = "token of the console in a browser test"


@dataclass(frozen=True)
class Site:
    """Where the page is, and the bot behind it."""

    url: str
    bot: RunningBot


@contextmanager
def running_site(var: Path, **settings: str) -> Iterator[Site]:
    """Starts gateway and bot; `settings` are environment variables."""
    port = free_port()
    with running_bot() as bot:
        environment = {
            **os.environ,
            "MOTCUA_VAR": str(var),
            "MOTCUA_SECRET": "a secret of a browser test " * 2,
            "MOTCUA_BOT_TOKEN": "token of a browser test",
            "MOTCUA_STAFF_TOKEN": STAFF_TOKEN,
            "MOTCUA_BOT_PORT": str(bot.port),
            "MOTCUA_WRITES_PER_MINUTE": "10000",  # a test asks faster than a person
            "MOTCUA_READS_PER_MINUTE": "10000",
            **settings,
        }
        command = [sys.executable, "-W", "ignore", "-m", "uvicorn", "--factory", "gateway.app:create_app", "--ws", "none"]
        options = ["--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "1", "--port", str(port)]
        process = subprocess.Popen([*command, *options], env=environment, cwd=ROOT)
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", process)
            yield Site(f"http://127.0.0.1:{port}", bot)
        finally:
            process.terminate()
            process.wait()


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        try:
            httpx.get(url)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"The gateway ended with {process.returncode} before it answered")
