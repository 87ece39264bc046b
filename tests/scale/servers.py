"""The servers of a large installation, on loopback, in folders that are thrown away; each can be killed and comes back."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.ports import free_port

START_SECONDS = 120.0
_RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # Debian's wrapper changes user and knows one node


@dataclass
class Process:
    """A process with all its children, and how to start it anew."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    is_up: Callable[[], bool]
    before_start: Callable[[], None] = lambda: None
    running: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def start(self) -> None:
        """Starts it; `wait` says when it is there."""
        self.before_start()
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command, env=dict(self.environment), stdout=log, stderr=log, start_new_session=True
            )

    def wait(self) -> None:
        """Until it answers; what ends is started again, as by a service manager. Raises AssertionError with its last words."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_up():
            assert time.monotonic() < deadline, f"{self.name} is not up:\n{self.last_words()}"
            time.sleep(0.2)
            if self.running is None or self.running.poll() is not None:
                self.start()

    def kill(self) -> None:
        """SIGKILL to it and its children."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Asks it to end, and insists."""
        self._end(signal.SIGTERM)

    def last_words(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-3000:]

    def _end(self, sign: signal.Signals) -> None:
        if self.running is None:
            return
        for each in (sign, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, each)
            with suppress(subprocess.TimeoutExpired):
                self.running.wait(15)
        self.running = None


def accepts(port: int) -> Callable[[], bool]:
    """Whether something listens on that port of this machine."""
    import socket

    def is_up() -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", port)) == 0

    return is_up


def redis(folder: Path) -> tuple[Process, str]:
    """Redis that keeps nothing on disk, and its address."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    return Process("redis", command, os.environ, folder / "redis.log", accepts(port)), f"redis://127.0.0.1:{port}/0"


def nginx(folder: Path, rendered: str, port: int) -> Process:
    """nginx with a rendered configuration, whose public server listens on that port."""
    home = folder / "nginx"
    home.mkdir()
    paths = "".join(f"{kind}_temp_path {home}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (home / "motcua.conf").write_text(rendered)
    (home / "nginx.conf").write_text(
        f"worker_processes 1; pid {home}/pid; error_log stderr warn; daemon off;\n"
        f"events {{ worker_connections 2048; }}\nhttp {{ {paths} include {home}/motcua.conf; }}\n"
    )
    command = ["nginx", "-e", "stderr", "-p", str(home), "-c", str(home / "nginx.conf")]
    return Process("nginx", command, os.environ, folder / "nginx.log", accepts(port))


@contextmanager
def rabbitmq(folder: Path) -> Iterator[tuple[Process, str]]:
    """RabbitMQ with its data on disk, and its address; nothing of it listens beyond loopback."""
    port, names_port, home = free_port(), free_port(), folder / "rabbitmq"
    home.mkdir()
    environment = {
        **os.environ,
        "HOME": str(home),
        "RABBITMQ_NODENAME": f"motcua{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(home / "data"),
        "RABBITMQ_LOG_BASE": str(home / "log"),
        "RABBITMQ_CONFIG_FILE": str(home / "none"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "plugins"),
        "RABBITMQ_PID_FILE": str(home / "pid"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(names_port),
    }
    names = Process("epmd", ["epmd", "-port", str(names_port)], environment, folder / "epmd.log", accepts(names_port))
    names.start()
    names.wait()
    server = Process("rabbitmq", [str(_RABBITMQ)], environment, folder / "rabbitmq.log", accepts(port))
    try:
        yield server, f"amqp://guest:guest@127.0.0.1:{port}/"
    finally:
        server.kill()
        names.stop()


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[Process, str]]:
    """PostgreSQL that syncs what it commits, and its address without a database. It refuses to run as root."""
    bin_folder = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    port, home = free_port(), folder / "postgres"
    home.mkdir()
    as_postgres: list[str] = []
    if os.getuid() == 0:
        shutil.chown(home, "postgres")
        as_postgres = ["runuser", "-u", "postgres", "--"]
        for parent in (folder, *folder.parents):  # it must be able to walk there
            parent.chmod(parent.stat().st_mode | 0o011) if parent != Path("/") else None
    data = home / "data"
    make = [
        *as_postgres,
        str(bin_folder / "initdb"),
        "-D",
        str(data),
        "-U",
        "motcua",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
    ]
    subprocess.run(make, cwd="/", check=True, capture_output=True)
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={home}", "-c", "max_connections=300"]
    command = [*as_postgres, str(bin_folder / "postgres"), "-D", str(data), "-p", str(port), *options]

    def is_up() -> bool:
        asked = [str(bin_folder / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        return subprocess.run(asked, check=False).returncode == 0

    def forget_killed() -> None:
        """The pid file of a server that was killed names a process that may be another one by now."""
        (data / "postmaster.pid").unlink(missing_ok=True)

    server = Process("postgres", command, os.environ, folder / "postgres.log", is_up, forget_killed)
    try:
        yield server, f"postgresql+psycopg2://motcua@127.0.0.1:{port}"
    finally:
        server.kill()
