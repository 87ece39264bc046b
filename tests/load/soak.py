"""`python -m tests.load.soak [MINUTES]`: gateway, bot, actions and SQLite under 8 and 32 users, then for so long under 8.

Everybody says what the golden conversations say, six messages each, and waits for each answer; then somebody new comes.
Written into docs/benchmarks.md.
"""

import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp

from tests.bench.drive import open_client
from tests.bench.process import usage
from tests.bench.talk import SHORT_TURNS, said
from tests.evaluation.benchmarks import BENCHMARKS, write_between
from tests.load.machine import machine
from tests.stack import Stack, running_stack

USERS, TURNS, SOAKING, WARM_UP = (8, 32), 960, 8, 120
PROCESSES = ("gateway", "bot", "actions")
SETTLED = 0.2  # of the soak: by then every cache is full
POLL_SECONDS = 0.2
START, END = "<!-- soak -->", "<!-- end of soak -->"


@dataclass
class Load:
    """So many users at once, each with the next message when the last is answered, while `goes_on` of the answers so far."""

    url: str
    users: int
    goes_on: Callable[[int], bool]
    times: list[float] = field(default_factory=list)  # ms
    failed: int = 0
    seconds: float = 0.0

    def run(self) -> "Load":
        """Itself, when the last user has gone."""
        asyncio.run(self._run())
        return self

    async def _run(self) -> None:
        messages, began = itertools.cycle(said()), time.perf_counter()
        async with open_client() as client:
            await asyncio.gather(*(self._user(client, messages) for _ in range(self.users)))
        self.seconds = time.perf_counter() - began

    async def _user(self, client: aiohttp.ClientSession, messages: "itertools.cycle[str]") -> None:
        while self.goes_on(len(self.times)):
            async with client.post(f"{self.url}/api/conversations") as response:
                token = (await response.json())["conversation"]
            for text in itertools.islice(messages, SHORT_TURNS):
                began = time.perf_counter()
                answered = await self._is_answered(client, {"Authorization": f"Bearer {token}"}, text)
                self.times.append((time.perf_counter() - began) * 1000)
                self.failed += not answered

    async def _is_answered(self, client: aiohttp.ClientSession, headers: dict[str, str], text: str) -> bool:
        message = {"id": uuid4().hex, "text": text}
        async with client.post(f"{self.url}/api/messages", json=message, headers=headers) as response:
            status, body = response.status, await response.json()
        while status == 202:
            await asyncio.sleep(POLL_SECONDS)
            async with client.get(f"{self.url}/api/messages/{message['id']}", headers=headers) as response:
                status, body = response.status, await response.json()
        return status == 200 and _is_answer(body["replies"])

    def row(self) -> str:
        """Users, messages, messages a second, p50, p95, failed."""
        cuts = statistics.quantiles(self.times, n=100)
        rate = len(self.times) / self.seconds
        return f"| {self.users} | {len(self.times)} | {rate:.1f} | {cuts[49]:.0f} | {cuts[94]:.0f} | {self.failed} |"


def _is_answer(replies: list[dict[str, Any]]) -> bool:
    return bool(replies) and not any(reply.get("status", "").startswith("failed_") for reply in replies)


def soaked(stack: Stack, minutes: float) -> tuple[Load, dict[str, tuple[float, float]]]:
    """The load, and MB of each process once settled and at the end."""
    began, settled = time.monotonic(), dict[str, float]()

    def goes_on(_: int) -> bool:
        passed = (time.monotonic() - began) / (60 * minutes)
        if passed >= SETTLED and not settled:
            settled.update(_memory(stack))
        return passed < 1

    load = Load(stack.url, SOAKING, goes_on).run()
    return load, {process: (settled[process], now) for process, now in _memory(stack).items()}


def _memory(stack: Stack) -> dict[str, float]:
    return {process: usage(stack.pid(process)).resident_mb for process in PROCESSES}


def main(minutes: float) -> None:
    """Measures and writes."""
    on = machine()
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, running_stack(Path(folder)) as stack:
        Load(stack.url, USERS[0], lambda answered: answered < WARM_UP).run()
        loads = [Load(stack.url, users, lambda answered: answered < TURNS).run() for users in USERS]
        soak, memory = soaked(stack, minutes)
    growth = 100 * (sum(new for _, new in memory.values()) / sum(old for old, _ in memory.values()) - 1)
    told = ", ".join(f"{process} {old:.0f} → {new:.0f} MB" for process, (old, new) in memory.items())
    page = [
        "\n## The whole assistant under load (`python -m tests.load.soak`)",
        "",
        f"Measured {date.today()} on {on}; who asks is on the same cores. The last row lasted {minutes:.0f} minutes.",
        "",
        "| users | messages | messages/s | p50, ms | p95, ms | failed |",
        "|---|---|---|---|---|---|",
        *(load.row() for load in (*loads, soak)),
        "",
        f"Memory from a fifth of the last row to its end: {told}; {growth:+.1f} % in all.",
    ]
    write_between(BENCHMARKS, START, END, "\n".join(page))


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 30)
