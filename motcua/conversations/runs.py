"""Runs: a candidate that is trained, or a model that is measured, in the background; one at a time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.engine import Connection

from motcua.conversations.moments import now_ms
from motcua.conversations.schema import RUNS
from motcua.database import take_turn

Kind = Literal["candidate", "cross_validation"]
State = Literal["running", "done", "failed", "cancelled", "interrupted"]
SHOWN = 20


class RunInProgress(RuntimeError):
    """Another run is not over yet."""


@dataclass(frozen=True)
class Run:
    """One run; times in ms since 1970. `proposals`: the ids of those it learns from."""

    id: int
    kind: Kind
    state: State
    progress: Mapping[str, Any]
    proposals: Sequence[int]
    result: Mapping[str, Any]
    by: str
    began_at: int
    ended_at: int | None


def begin_run(connection: Connection, kind: Kind, *, by: str, proposals: Sequence[int] = ()) -> int:
    """Begins a run; its id. Raises RunInProgress."""
    take_turn(connection, "motcua.runs")
    if connection.execute(select(RUNS.c.id).where(RUNS.c.state == "running")).first():
        raise RunInProgress
    began: dict[str, Any] = {"kind": kind, "state": "running", "by": by, "began_at": now_ms()}
    told = {"progress": "{}", "result": "{}", "proposals": json.dumps(list(proposals))}
    (run,) = connection.execute(RUNS.insert().values(**began, **told)).inserted_primary_key
    return int(run)


def tell_progress(connection: Connection, run: int, progress: Mapping[str, Any]) -> None:
    """Says how far a run has come."""
    connection.execute(RUNS.update().where(RUNS.c.id == run).values(progress=json.dumps(progress)))


def end_run(connection: Connection, run: int, state: State, result: Mapping[str, Any] | None = None) -> bool:
    """Ends a run that is still running; whether it was."""
    values = {"state": state, "ended_at": now_ms(), "result": json.dumps(result or {}, ensure_ascii=False)}
    ended = connection.execute(RUNS.update().where(RUNS.c.id == run, RUNS.c.state == "running").values(values))
    return bool(ended.rowcount)


def interrupt_runs(connection: Connection) -> None:
    """Ends what an earlier process left running."""
    running = RUNS.c.state == "running"
    connection.execute(RUNS.update().where(running).values(state="interrupted", ended_at=now_ms()))


def find_run(connection: Connection, run: int) -> Run | None:
    """A run by its id."""
    row = connection.execute(select(RUNS).where(RUNS.c.id == run)).mappings().first()
    return _run(row) if row else None


def latest_runs(connection: Connection) -> list[Run]:
    """The last ones, newest first."""
    return [_run(row) for row in connection.execute(select(RUNS).order_by(RUNS.c.id.desc()).limit(SHOWN)).mappings()]


def run_of_release(connection: Connection, release: str) -> Run | None:
    """The run that made a release; None for one that comes from the repository alone."""
    made = select(RUNS).where(RUNS.c.kind == "candidate", RUNS.c.state == "done").order_by(RUNS.c.id.desc())
    found = (_run(row) for row in connection.execute(made).mappings())
    return next((run for run in found if run.result.get("release") == release), None)


def _run(row: Any) -> Run:
    told = {name: json.loads(row[name]) for name in ("progress", "proposals", "result")}
    return Run(**{**row, **told})
