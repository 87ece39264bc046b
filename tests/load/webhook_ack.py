"""`python -m tests.load.webhook_ack`: how fast an event is stored and acknowledged while Rasa is stopped.

50 events a second to a gateway of its own, through the push channel of tests/push.py; written into docs/benchmarks.md.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import httpx

from motcua.settings import ROOT
from tests.evaluation.report import BENCHMARKS, write_between
from tests.load.machine import machine
from tests.ports import free_port

RATE = 50  # events a second
SECONDS = 30


@contextmanager
def lone_gateway(folder: str) -> Iterator[str]:
    """A gateway process whose bot does not exist; its address."""
    port = free_port()
    environment = {
        **os.environ,
        "MOTCUA_VAR": folder,
        "MOTCUA_SECRET": "s" * 32,
        "MOTCUA_BOT_PORT": str(free_port()),
        "MOTCUA_CONNECTORS": "tests.push",
        "MOTCUA_PUSH_TO": "http://127.0.0.1:1",
    }
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "--factory",
        "gateway.app:create_app",
        "--ws",
        "none",
        "--no-access-log",
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            _part_cores(process.pid)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _part_cores(gateway: int) -> None:
    """Gateway and client each get a core, so that the one is not measured waiting for the other."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(gateway, cores[-1:])
    os.sched_setaffinity(0, cores[:1])


async def measure(url: str) -> list[float]:
    """Milliseconds from each event to its acknowledgement; a slow answer does not delay the next event."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        await _wait_until_up(client)
        began = time.perf_counter()
        sending = []
        for number in range(RATE * SECONDS):
            await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
            sending.append(asyncio.create_task(_send(client, number)))
        return list(await asyncio.gather(*sending))


async def _send(client: httpx.AsyncClient, number: int) -> float:
    event = {"person": f"person-{number % 200}", "id": f"event-{number}", "text": "Đăng ký khai sinh cần giấy tờ gì?"}
    began = time.perf_counter()
    (await client.post("/push", json=event)).raise_for_status()
    return (time.perf_counter() - began) * 1000


async def _wait_until_up(client: httpx.AsyncClient) -> None:
    while True:
        try:
            await client.get("/health")
            return
        except httpx.TransportError:
            await asyncio.sleep(0.1)


def main() -> None:
    """Measures and writes."""
    with tempfile.TemporaryDirectory() as folder, lone_gateway(folder) as url:
        times = asyncio.run(measure(url))
    cuts = statistics.quantiles(times, n=100)
    figures = f"p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms, longest {max(times):.0f} ms"
    told = [
        "\n## Acknowledging an event while Rasa is stopped (`python -m tests.load.webhook_ack`)",
        "",
        f"Measured {date.today().isoformat()} on {machine()}; SQLite.",
        f"{len(times)} events at {RATE} a second, stored and acknowledged: {figures}.",
    ]
    write_between(BENCHMARKS, "<!-- webhook -->", "<!-- end of webhook -->", "\n".join(told))


if __name__ == "__main__":
    main()
