"""A whole large installation on this machine: the servers, and N of each process of ours behind nginx."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from string import Template

import httpx
from sqlalchemy import create_engine, text

from motcua.settings import ROOT, load_settings
from tests.ports import free_port
from tests.scale.servers import Process, accepts, nginx, postgres, rabbitmq, redis

TEMPLATE = ROOT / "deploy" / "nginx" / "motcua.conf.template"
DATABASES = ("gateway", "private", "conversations", "trackers")
SECRETS = dict.fromkeys(
    ("MOTCUA_SECRET", "MOTCUA_BOT_TOKEN", "MOTCUA_VAULT_SECRET", "MOTCUA_STAFF_TOKEN"), "a-secret-of-a-test-" * 2
)
PYTHON = (sys.executable, "-W", "ignore", "-m")
WEB = ("--ws", "none", "--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "5")


@dataclass(frozen=True)
class Cluster:
    """A running installation: its public address, its processes by name, and where its databases are."""

    url: str
    processes: Mapping[str, Process]
    databases: Mapping[str, str]
    turns_url: str

    def kill(self, name: str) -> None:
        """Kills one process or server and starts it anew, as a service manager does; returns when it is there again."""
        process = self.processes[name]
        process.kill()
        process.start()
        process.wait()


@contextmanager
def running_cluster(folder: Path, *, each: int, **settings: str) -> Iterator[Cluster]:
    """`each` gateways, bots, action servers and consumers on PostgreSQL, Redis, RabbitMQ and nginx."""
    with ExitStack() as stack:
        database, database_url = stack.enter_context(postgres(folder))
        queue, turns_url = stack.enter_context(rabbitmq(folder))
        locks, locks_url = redis(folder)
        servers = (database, queue, locks)
        for server in servers:
            stack.callback(server.kill)
            server.start()
        for server in servers:
            server.wait()
        databases = {name: f"{database_url}/{name}" for name in DATABASES}
        _make_databases(f"{database_url}/postgres")
        ports = _Ports.of(each)
        environment = _environment(folder, databases, ports) | {
            "MOTCUA_LOCKS_URL": locks_url,
            "MOTCUA_TURNS_URL": turns_url,
            "MOTCUA_LIMITS_STORE": f"async+{locks_url}",
            **settings,
        }
        subprocess.run([*PYTHON, "motcua.dossiers.demo"], env=environment, check=True, capture_output=True)
        proxy = nginx(folder, _rendered(folder, ports), ports.public)
        ours = [proxy, *_processes(folder, environment, ports)]
        for process in ours:
            stack.callback(process.kill)
            process.start()
        for process in ours:
            process.wait()
        processes = {process.name: process for process in (*servers, *ours)}
        yield Cluster(f"http://127.0.0.1:{ports.public}", processes, databases, turns_url)


@dataclass(frozen=True)
class _Ports:
    public: int
    staff: int
    bots_proxy: int
    actions_proxy: int
    gateways: tuple[int, ...]
    bots: tuple[int, ...]
    actions: tuple[int, ...]

    @classmethod
    def of(cls, each: int) -> "_Ports":
        single = [free_port() for _ in range(4)]
        many = [tuple(free_port() for _ in range(each)) for _ in range(3)]
        return cls(*single, *many)


def _environment(folder: Path, databases: Mapping[str, str], ports: _Ports) -> dict[str, str]:
    built = load_settings()
    return {
        **os.environ,
        **SECRETS,
        **{f"MOTCUA_{name.upper()}_URL": url for name, url in databases.items() if name != "gateway"},
        "MOTCUA_DATABASE_URL": databases["gateway"],
        "MOTCUA_VAR": str(folder),
        "MOTCUA_INDEX_DIR": str(built.index_dir),
        "MOTCUA_CATALOGUE_DIR": str(built.catalogue_dir),
        "MOTCUA_MODELS_DIR": str(built.models_dir),
        "MOTCUA_ENDPOINTS": str(ROOT / "deploy" / "endpoints.scale.yml"),
        "MOTCUA_BOT_URL": f"http://127.0.0.1:{ports.bots_proxy}",
        "MOTCUA_ACTIONS_URL": f"http://127.0.0.1:{ports.actions_proxy}/webhook",
        "MOTCUA_WRITES_PER_MINUTE": "1000000",
        "MOTCUA_READS_PER_MINUTE": "1000000",
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
        "OMP_WAIT_POLICY": "PASSIVE",
        "RASA_TELEMETRY_ENABLED": "false",
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": "1",
    }


def _rendered(folder: Path, ports: _Ports) -> str:
    """The template as envsubst fills it in."""
    values = {
        "MOTCUA_LISTEN": f"127.0.0.1:{ports.public}",
        "MOTCUA_STAFF_LISTEN": f"127.0.0.1:{ports.staff}",
        "MOTCUA_BOTS_LISTEN": f"127.0.0.1:{ports.bots_proxy}",
        "MOTCUA_ACTIONS_LISTEN": f"127.0.0.1:{ports.actions_proxy}",
        "MOTCUA_NGINX_TLS": str(folder / "tls"),
        "MOTCUA_GATEWAYS": _upstream(ports.gateways),
        "MOTCUA_BOTS": _upstream(ports.bots),
        "MOTCUA_ACTIONS": _upstream(ports.actions),
    }
    return Template(TEMPLATE.read_text("utf-8")).safe_substitute(values)


def _upstream(ports: tuple[int, ...]) -> str:
    return " ".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in ports)


def _processes(folder: Path, environment: Mapping[str, str], ports: _Ports) -> Iterator[Process]:
    def process(name: str, number: int, command: tuple[str, ...], is_up: partial[bool], **own: str) -> Process:
        log = folder / f"{name}-{number}.log"
        return Process(f"{name}-{number}", [*PYTHON, *command], {**environment, **own}, log, is_up)

    for number, port in enumerate(ports.actions, start=1):
        yield process("actions", number, ("actions.serve",), partial(_is_open, port), MOTCUA_ACTIONS_PORT=str(port))
    for number, port in enumerate(ports.bots, start=1):
        yield process("bot", number, ("bot.serve",), partial(_has_model, port), MOTCUA_BOT_PORT=str(port))
    for number, port in enumerate(ports.gateways, start=1):
        command = ("uvicorn", "--factory", "gateway.app:create_app", *WEB, "--port", str(port))
        yield process("gateway", number, command, partial(_is_open, port))
    for number in range(1, len(ports.bots) + 1):
        yield process("consumer", number, ("motcua.conversations.consumer",), partial(bool, True))


def _is_open(port: int) -> bool:
    return accepts(port)()


def _has_model(port: int) -> bool:
    """Whether a bot takes turns: asked for one that is none, it refuses it instead of saying that it loads."""
    address = f"http://127.0.0.1:{port}/webhooks/gateway/conversations/none"
    try:
        token = {"Authorization": f"Bearer {SECRETS['MOTCUA_BOT_TOKEN']}"}
        return httpx.delete(address, headers=token, timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def _make_databases(url: str) -> None:
    engine = create_engine(url, future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in DATABASES:
            connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()


def until(is_done: "partial[bool]", seconds: float, what: str) -> None:
    """Waits for something that another process does."""
    deadline = time.monotonic() + seconds
    while not is_done():
        assert time.monotonic() < deadline, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.2)
