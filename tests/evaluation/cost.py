"""What understanding costs: ms of a message on one core, memory, sizes on disk, and building the index from nothing.

`python -m tests.evaluation.cost` is the process in which retrieval is measured: texts in, ms and MB out, as JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.model import model_path
from motcua.settings import ROOT, Settings, load_settings
from tests.evaluation.classifiers import understood
from tests.evaluation.one_core import ENVIRONMENT, keep_to_one_core, resident_mb
from tests.evaluation.tables import Column, Table

_WARM_UP = 5  # messages that fill caches, left out of the times


def retrieval(texts: Sequence[str]) -> dict[str, Any]:
    """Mends and ranks each text in this process, as the action server does."""
    keep_to_one_core()
    from motcua.retrieval.build import load_retriever
    from motcua.retrieval.embedder import SentenceTransformerEmbedder

    began, settings = time.perf_counter(), load_settings()
    retriever = load_retriever(settings, SentenceTransformerEmbedder(settings.embedder))
    loaded, times = time.perf_counter() - began, []
    for text in texts:
        began = time.perf_counter()
        retriever.rank(retriever.reader.mend(text))
        times.append((time.perf_counter() - began) * 1000)
    return {"ms": times, "load_s": loaded, "memory_mb": resident_mb()}


def cost_tables(texts: Sequence[str], settings: Settings, *, build: bool) -> list[Table]:
    """All that is told of cost; `build` builds an index from nothing, which takes minutes."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.evaluation.cost"]
    done = subprocess.run(
        command, input=json.dumps([*texts]), capture_output=True, text=True, cwd=ROOT, env=ENVIRONMENT, check=True
    )
    ranked, said = json.loads(done.stdout.splitlines()[-1]), understood(model_path(settings), texts, lean=True)
    return [times_table(said, ranked), sizes_table(settings, _seconds_to_build(settings) if build else None)]


def times_table(said: Mapping[str, Any], ranked: Mapping[str, Any]) -> Table:
    """Times and memory of both parts, and of one message through both."""
    columns = (
        Column("p50", "ms", "less"),
        Column("p95", "ms", "less"),
        Column("memory", "MB", "less"),
        Column("load", "s", "less"),
    )
    both = [one + other for one, other in zip(said["ms"], ranked["ms"], strict=True)]
    rows = {"NLU": (*_percentiles(said["ms"]), said["memory_mb"], said["load_s"])}
    rows["retrieval"] = (*_percentiles(ranked["ms"]), ranked["memory_mb"], ranked["load_s"])
    rows["both"] = (*_percentiles(both), said["memory_mb"] + ranked["memory_mb"], said["load_s"] + ranked["load_s"])
    note = f"{len(both)} messages as typed, one after the other in process on one core; memory is that of the whole process."
    return Table("Time and memory", columns, rows, note, short=True)


def sizes_table(settings: Settings, built_in_s: float | None) -> Table:
    """MB on disk."""
    rows: dict[str, tuple[float | None, float | None]] = {"index": (_megabytes(settings.index_dir), built_in_s)}
    rows["Rasa model"] = (_megabytes(model_path(settings)), None)
    rows["catalogue"] = (_megabytes(settings.catalogue_dir), None)
    note = "" if built_in_s else "The time to build the index from nothing is measured with `--build`."
    return Table(
        "Artefacts", (Column("size", "MB", "less"), Column("built from nothing in", "s", "less")), rows, note, short=True
    )


def _percentiles(times: Sequence[float]) -> tuple[float, float]:
    return float(np.percentile(times[_WARM_UP:], 50)), float(np.percentile(times[_WARM_UP:], 95))


def _megabytes(path: Path) -> float | None:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6 if files else None


def _seconds_to_build(settings: Settings) -> float:
    """With no vector kept from an earlier build."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "MOTCUA_INDEX_DIR": str(Path(folder, "index"))}
        began = time.perf_counter()
        command = [sys.executable, "-W", "ignore", "-m", "motcua.retrieval"]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
        return time.perf_counter() - began


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(retrieval(json.loads(sys.stdin.read()))) + "\n")
