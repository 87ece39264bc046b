"""The whole running assistant, as `make run` starts it, on ports of its own and with stores that are thrown away."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xmlrpc.client import ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from motcua.settings import ROOT, load_settings
from tests.ports import free_port

CONTROL = ROOT / "deploy" / "local" / "supervisord.conf"


@dataclass(frozen=True)
class Stack:
    """A running assistant: its address, and a way to stop and start its processes."""

    url: str
    environment: dict[str, str]

    def control(self, verb: str, process: str) -> None:
        """Stops or starts one process ("stop", "actions") and waits until that is done."""
        command = [sys.executable, "-W", "ignore", "-m", "supervisor.supervisorctl", "-c", str(CONTROL), verb, process]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def pid(self, process: str) -> int:
        """The number of a running process, 0 while it does not run."""
        socket_path = f"unix://{self.environment['MOTCUA_VAR']}/supervisor.sock"
        with ServerProxy("http://127.0.0.1", transport=SupervisorTransport(serverurl=socket_path)) as supervisor:
            found: Any = supervisor.supervisor.getProcessInfo(process)
        return int(found["pid"])


@contextmanager
def running_stack(var: Path, **settings: str) -> Iterator[Stack]:
    """Starts everything on the index and model of the repository; ends it however the tests end."""
    built = load_settings()
    environment = {
        **os.environ,
        "MOTCUA_VAR": str(var),
        "MOTCUA_INDEX_DIR": str(built.index_dir),
        "MOTCUA_CATALOGUE_DIR": str(built.catalogue_dir),
        "MOTCUA_MODELS_DIR": str(built.models_dir),
        "MOTCUA_HOST": "127.0.0.1",
        "MOTCUA_USER": str(os.getuid()),
        "MOTCUA_PYTHON": sys.executable,
        "MOTCUA_WRITES_PER_MINUTE": "1000000",  # a test types faster than a citizen
        "MOTCUA_READS_PER_MINUTE": "1000000",
        **{f"MOTCUA_{name}PORT": str(free_port()) for name in ("", "BOT_", "ACTIONS_", "CONSOLE_")},
        **settings,
    }
    command = [sys.executable, "-W", "ignore", "-m", "deploy.local"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            _wait_for_address(process)
            yield Stack(f"http://127.0.0.1:{environment['MOTCUA_PORT']}", environment)
        finally:
            process.terminate()
            process.communicate()  # reads its last words, so that it can say them


def _wait_for_address(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "answers at" in line:
            return
    raise AssertionError("The assistant did not start:\n" + "".join(said))
