"""`make run`: index, model and processes on this machine, until Ctrl+C."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from motcua.settings import ROOT, SettingFault, Settings, load_settings

HERE = Path(__file__).parent
NEEDED_MB = 500
SECRETS = {
    "MOTCUA_SECRET": 32,
    "MOTCUA_BOT_TOKEN": 16,
    "MOTCUA_STAFF_TOKEN": 16,
    "MOTCUA_CONSOLE_SECRET": 32,
}  # bytes of chance
STEPS = (
    ("Building the index of guides", "motcua.retrieval"),
    ("Training the model", "bot.train"),
    ("Filling the demo registry of dossiers", "motcua.dossiers.demo"),
)
FIRST_QUESTION = "Đăng ký khai sinh cần giấy tờ gì?"


class Stopped(SystemExit):
    """Ends the command with one sentence that says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"\n{sentence}")


def main() -> None:
    """Prepares, starts, waits for the first answer, and stays until it is stopped."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started = time.monotonic()
    try:
        settings = load_settings()
    except SettingFault as fault:
        raise Stopped(str(fault)) from fault
    environment = prepare(settings)
    for title, module in STEPS:
        run_step(title, module, environment)
    say("Starting the assistant")
    processes = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "supervisor.supervisord", "-c", str(HERE / "supervisord.conf")],
        env=environment,
        cwd=ROOT,
        start_new_session=True,  # Ctrl+C reaches this process alone, which then stops the others in order
    )
    try:
        wait_for_first_answer(settings, processes)
        wait_for_console(settings, processes)
        seconds = time.monotonic() - started
        say(f"The console for staff is at http://{settings.console_host}:{settings.console_port}.")
        say(f"The assistant answers at http://{settings.host}:{settings.port} ({seconds:.0f} s). Ctrl+C stops it.")
        processes.wait()
    except KeyboardInterrupt:
        say("Stopping")
    finally:
        processes.terminate()
        processes.wait()


def prepare(settings: Settings) -> dict[str, str]:
    """The environment of the processes; checks ports and disk first, and makes secrets on the first run."""
    for name in ("port", "bot_port", "actions_port", "console_port"):
        refuse_taken_port(f"MOTCUA_{name.upper()}", getattr(settings, name))
    (settings.var / "log").mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.var).free // 2**20
    if free < NEEDED_MB:
        raise Stopped(f"The disk of {settings.var} has {free} MB free, and {NEEDED_MB} MB are needed.")
    return {
        **os.environ,
        **read_secrets(settings.var / "secrets.env"),
        "MOTCUA_PYTHON": f"{sys.executable} -W ignore",
        "MOTCUA_USER": str(os.getuid()),
        "MOTCUA_VAR": str(settings.var),
        "MOTCUA_HOST": settings.host,
        "MOTCUA_PORT": str(settings.port),
        "MOTCUA_CONSOLE_HOST": settings.console_host,
        "MOTCUA_CONSOLE_PORT": str(settings.console_port),
        "MOTCUA_ACTIONS_URL": f"http://127.0.0.1:{settings.actions_port}/webhook",
        "MOTCUA_TRACKERS": str(settings.var / "trackers.db"),
        "RASA_TELEMETRY_ENABLED": "false",
        "TOKENIZERS_PARALLELISM": "false",
        "OMP_WAIT_POLICY": "PASSIVE",  # spinning threads of the embedder starve the other processes: 150 ms a query, not 40
        "HF_HUB_OFFLINE": "1",
    }


def refuse_taken_port(variable: str, port: int) -> None:
    """Stops with the port and the variable that changes it, if something listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Stopped(f"Port {port} is taken. Stop what uses it, or choose another one: {variable}=… make run") from error


def read_secrets(path: Path) -> dict[str, str]:
    """The secrets of this installation, made on the first run and readable by its owner only."""
    kept = dict(line.split("=", 1) for line in path.read_text().split()) if path.exists() else {}
    missing = {name: secrets.token_hex(size) for name, size in SECRETS.items() if name not in kept}
    if missing:  # the first run, or the first after an update
        unfinished = path.with_suffix(".new")
        unfinished.touch(mode=0o600)
        unfinished.write_text("".join(f"{name}={value}\n" for name, value in {**kept, **missing}.items()))
        unfinished.rename(path)
    return {**kept, **missing}


def run_step(title: str, module: str, environment: dict[str, str]) -> None:
    """One preparation in a process of its own; its output is shown only if it fails."""
    say(title)
    began = time.monotonic()
    step = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if step.returncode:
        raise Stopped(f"{title} failed:\n{step.stdout[-3000:]}{step.stderr[-3000:]}")
    say(f"  done in {time.monotonic() - began:.0f} s")


def wait_for_first_answer(settings: Settings, processes: "subprocess.Popen[bytes]") -> None:
    """Asks a real question until the guides answer it. Stops when the process manager ends."""
    with httpx.Client(base_url=f"http://{settings.host}:{settings.port}", timeout=40) as client:
        wait_until(lambda: answers(client), settings, processes)


def wait_for_console(settings: Settings, processes: "subprocess.Popen[bytes]") -> None:
    """Until staff can open it. Stops when the process manager ends."""
    address = f"http://{settings.console_host}:{settings.console_port}/health"
    wait_until(lambda: is_served(address), settings, processes)


def wait_until(is_there: Callable[[], bool], settings: Settings, processes: "subprocess.Popen[bytes]") -> None:
    """Asks again and again; what fails for good says why in its log, and is started again meanwhile."""
    while not is_there():
        if processes.poll() is not None:
            raise Stopped(f"The processes ended. Their logs are in {settings.var / 'log'}.")
        time.sleep(0.3)


def is_served(address: str) -> bool:
    """Whether something answers there."""
    try:
        return httpx.get(address, timeout=5).is_success
    except httpx.TransportError:
        return False


def answers(client: httpx.Client) -> bool:
    """Whether the running assistant answers a question from a guide."""
    try:
        token = client.post("/api/conversations").json()["conversation"]
        message = {"id": secrets.token_hex(8), "text": FIRST_QUESTION}
        reply = client.post("/api/messages", json=message, headers={"Authorization": f"Bearer {token}"})
    except httpx.TransportError:
        return False
    return any(found.get("status") == "answered_from_guide" for found in reply.json().get("replies", []))


def say(line: str) -> None:
    """Progress on the terminal."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
