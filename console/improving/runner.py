"""Runs a job of the bot in a process of its own, and keeps in the store what it tells."""

import json
import logging
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from motcua.conversations.runs import Kind, begin_run, end_run, interrupt_runs, tell_progress
from motcua.conversations.store import ConversationStore
from motcua.settings import ROOT, Settings

logger = logging.getLogger(__name__)
Command = Sequence[str]
_PYTHON = (sys.executable, "-W", "ignore", "-m")
COMMANDS: Mapping[Kind, Command] = {
    "candidate": (*_PYTHON, "bot.candidate"),
    "cross_validation": (*_PYTHON, "bot.cross_validation"),
}


class Runner:
    """One job at a time; what it needs is in a folder that goes when it ends."""

    def __init__(self, store: ConversationStore, settings: Settings, commands: Mapping[Kind, Command] = COMMANDS) -> None:
        self._store, self._settings, self._commands = store, settings, commands
        self._process: subprocess.Popen[str] | None = None
        self._reading: threading.Thread | None = None
        with store.writing() as connection:
            interrupt_runs(connection)

    def start(self, kind: Kind, files: Mapping[str, str], *, by: str, proposals: Sequence[int] = ()) -> int:
        """Begins a run with these files; its id. Raises RunInProgress."""
        with self._store.writing() as connection:
            run = begin_run(connection, kind, by=by, proposals=proposals)
        folder = self._settings.var / "improving" / str(run)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_text(content, "utf-8")
        self._process = self._open([*self._commands[kind], str(folder), *(["--by", by] if kind == "candidate" else [])], folder)
        self._reading = threading.Thread(target=self._follow, args=(run, self._process, folder), name=f"run {run}")
        self._reading.start()
        return run

    def cancel(self, run: int) -> bool:
        """Stops a run; whether it was still running."""
        with self._store.writing() as connection:
            was_running = end_run(connection, run, "cancelled")
        if was_running:
            self._stop()
        return was_running

    def wait(self) -> None:
        """Returns when nothing is running any more."""
        if self._reading:
            self._reading.join()

    def close(self) -> None:
        """Stops what is running, at the end of the console."""
        self._stop()

    def _stop(self) -> None:
        if self._process:
            self._process.kill()
        self.wait()

    def _open(self, command: Command, folder: Path) -> "subprocess.Popen[str]":
        """With what it needs to know and no secret of the console."""
        settings, log = self._settings, self._settings.var / "log" / "improving.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        environment = {
            "HOME": str(folder),
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "RASA_TELEMETRY_ENABLED": "false",
            "MOTCUA_VAR": str(settings.var),
            "MOTCUA_MODELS_DIR": str(settings.models_dir),
            "MOTCUA_KNOWLEDGE_BASE": str(settings.knowledge_base),
            "MOTCUA_ACTIONS_PORT": str(settings.actions_port),
        }
        with log.open("w") as errors:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)

    def _follow(self, run: int, process: "subprocess.Popen[str]", folder: Path) -> None:
        assert process.stdout is not None
        result: Mapping[str, Any] = {}
        for told in _facts(process.stdout):
            if "step" not in told:
                result = told
                continue
            with self._store.writing() as connection:
                tell_progress(connection, run, told)
        process.stdout.close()
        succeeded = process.wait() == 0 and bool(result)
        shutil.rmtree(folder, ignore_errors=True)
        with self._store.writing() as connection:
            has_ended = end_run(connection, run, "done" if succeeded else "failed", result)
        if has_ended and not succeeded:
            logger.error("Run %d failed: see improving.log", run)


def _facts(lines: IO[str]) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in lines if line.startswith("{"))
