"""The two sides of the benchmark, stock Rasa and ours, each with an action server of its own over the same actions."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp

from motcua.settings import ROOT, load_settings
from tests.bench.stock.train import stock_model
from tests.ports import free_port

TOKEN = "benchmark-" + "t" * 16
SECRET = "benchmark-" + "s" * 32
FIRST = "Xin chào"
STOCK = Path("tests", "bench", "stock")
PYTHON = (sys.executable, "-W", "ignore", "-m")


@dataclass(frozen=True)
class Side:
    """How one side is started and spoken to."""

    name: str
    bot: tuple[str, ...]
    actions: tuple[str, ...]
    path: str

    def body(self, conversation: str, text: str) -> dict[str, Any]:
        """A message as this side's channel takes it; each names its fields in its own way."""
        return {"conversation": conversation, "sender": conversation, "message": self._named(text), "text": text}

    def _named(self, text: str) -> str:
        return uuid4().hex if self.name == "ours" else text  # ours takes an id for the message, stock its text


@dataclass(frozen=True)
class RunningSide:
    """A side with its processes."""

    side: Side
    url: str
    pids: dict[str, int]
    start_s: float

    async def answers(self, client: aiohttp.ClientSession, conversation: str, text: str) -> bool:
        """Sends one message; whether anything came back."""
        return await _answers(client, self.url, self.side.body(conversation, text))


def stock(bot_port: int, actions_port: int, epochs: int) -> Side:
    """`rasa run` and `python -m rasa_sdk`, as their documentation starts them."""
    model = stock_model(epochs)
    files = ("--endpoints", str(STOCK / "endpoints.yml"), "--credentials", str(STOCK / "credentials.yml"))
    bot = (*PYTHON, "rasa", "run", "-m", str(model), *files, "-p", str(bot_port), "-i", "127.0.0.1")
    actions = (*PYTHON, "rasa_sdk", "--actions", "actions", "-p", str(actions_port))
    return Side("stock", bot, actions, "/webhooks/rest/webhook")


def ours(bot_port: int, actions_port: int, epochs: int) -> Side:
    """As `make run` starts them."""
    del bot_port, actions_port, epochs  # ports come from the environment, and nothing of ours learns in epochs
    return Side("ours", (*PYTHON, "bot.serve"), (*PYTHON, "actions.serve"), "/webhooks/gateway/turns")


SIDES = {"stock": stock, "ours": ours}


@contextmanager
def running(name: str, folder: Path, *, epochs: int) -> Iterator[RunningSide]:
    """Action server, then bot; yields when the first message is answered, which ends `start_s`, the start of the bot."""
    bot_port, actions_port = free_port(), free_port()
    side, environment = SIDES[name](bot_port, actions_port, epochs), _environment(folder, bot_port, actions_port)
    with ExitStack() as processes:
        actions = processes.enter_context(_process(side.actions, environment, folder / "actions.log"))
        asyncio.run(_until_listening(f"http://127.0.0.1:{actions_port}/health", actions))
        began = time.perf_counter()
        bot = processes.enter_context(_process(side.bot, environment, folder / "bot.log"))
        url = f"http://127.0.0.1:{bot_port}{side.path}"
        asyncio.run(_until_answered(url, side.body("first", FIRST), bot))
        yield RunningSide(side, url, {"bot": bot.pid, "actions": actions.pid}, time.perf_counter() - began)


def _environment(folder: Path, bot_port: int, actions_port: int) -> dict[str, str]:
    built = load_settings()
    return {
        **os.environ,
        "PYTHONPATH": ".",
        "MOTCUA_VAR": str(folder),
        "MOTCUA_INDEX_DIR": str(built.index_dir),
        "MOTCUA_CATALOGUE_DIR": str(built.catalogue_dir),
        "MOTCUA_MODELS_DIR": str(built.models_dir),
        "MOTCUA_BOT_PORT": str(bot_port),
        "MOTCUA_ACTIONS_PORT": str(actions_port),
        "MOTCUA_ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
        "MOTCUA_TRACKERS": str(folder / "trackers.db"),
        "MOTCUA_BOT_TOKEN": TOKEN,
        "MOTCUA_SECRET": SECRET,
        "SANIC_HOST": "127.0.0.1",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "TOKENIZERS_PARALLELISM": "false",
        "OMP_NUM_THREADS": "1",
        "OMP_WAIT_POLICY": "PASSIVE",
        "HF_HUB_OFFLINE": "1",
    }


@contextmanager
def _process(command: Sequence[str], environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("wb") as said, subprocess.Popen(command, env=environment, cwd=ROOT, stdout=said, stderr=said) as process:
        try:
            yield process
        finally:
            process.terminate()


async def _until_listening(url: str, process: "subprocess.Popen[bytes]") -> None:
    async with aiohttp.ClientSession() as client:
        while True:
            _need(process)
            try:
                async with client.get(url):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)


async def _until_answered(url: str, body: dict[str, Any], process: "subprocess.Popen[bytes]") -> None:
    async with aiohttp.ClientSession() as client:
        while True:
            _need(process)
            try:
                if await _answers(client, url, body):
                    return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.05)


def _need(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is not None:
        raise RuntimeError(f"It ended with {process.returncode}: {process.args!r}")


async def _answers(client: aiohttp.ClientSession, url: str, body: dict[str, Any]) -> bool:
    async with client.post(url, json=body, headers={"Authorization": f"Bearer {TOKEN}"}) as response:
        found = await response.json(content_type=None) if response.status == 200 else None
    return bool(found["replies"] if isinstance(found, dict) else found)
