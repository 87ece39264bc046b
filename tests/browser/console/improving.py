"""The improve loop in every state: releases, a run that is on its way, and what came of others."""

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from motcua.conversations.finding import turns_of
from motcua.conversations.proposals import propose
from motcua.conversations.runs import Kind, State, begin_run, end_run, interrupt_runs, tell_progress
from motcua.releases import MODEL, Release, Releases
from tests.browser.console.site import Console
from tests.browser.console.turns import keep_turns

OLD, NEW = "1" * 16, "2" * 16
CONVERSING = {"step": "conversing", "part": 40, "of": 159}
CROSS_VALIDATED = {
    "figures": {
        "right": 9,
        "of": 10,
        "intents": [{"intent": "ask_fee", "right": 4, "of": 5}, {"intent": "ask_time", "right": 5, "of": 5}],
        "confusions": [{"intent": "ask_fee", "found": "ask_time", "times": 1}],
    }
}


def keep_releases(console: Console) -> None:
    """Two of them, the old one answers; and an example that the next one could learn."""
    releases = Releases(folder := console.app.state.settings.shared.releases_dir)
    folder.mkdir(exist_ok=True)
    for made_at, release in enumerate((OLD, NEW), start=1_795_000_000):
        (model := Path(folder / MODEL)).write_bytes(gzip.compress(release.encode()))
        releases.add(model, Release(release, inputs="content", made_at=float(made_at), by="root", examples=3))
        model.unlink()
    releases.promote(OLD)
    turn = _misread(console)
    with console.app.state.conversations.writing() as connection:
        propose(connection, turn, "example", {"intent": "ask_fee", "text": "tốn nhiêu xèng"}, by="root")


def keep_running(console: Console) -> None:
    """A candidate that is being compared."""
    with console.app.state.conversations.writing() as connection:
        interrupt_runs(connection)
        tell_progress(connection, begin_run(connection, "candidate", by="root"), CONVERSING)


def keep_run(console: Console, kind: Kind, state: State, result: Mapping[str, Any] | None = None) -> int:
    """A run that is over; its number."""
    with console.app.state.conversations.writing() as connection:
        interrupt_runs(connection)
        run = begin_run(connection, kind, by="root")
        end_run(connection, run, state, result)
    return run


def compared(console: Console) -> dict[str, Any]:
    """What comes of a candidate that is right where the current one was wrong, and loses a conversation."""
    golden = {"of": 159, "current": 159, "candidate": 158, "lost": ["Hỏi nơi nộp mà chưa nói việc gì"], "won": []}
    differs = {"turn": _misread(console), "expected": "ask_fee", "current": "ask_papers", "candidate": "ask_fee"}
    figures = {"reviewed": {"of": 21, "current": 18, "candidate": 19}, "golden": golden}
    return {"release": NEW, "against": OLD, "figures": figures, "differences": [differs]}


def _misread(console: Console) -> int:
    word = keep_turns(console)
    with console.app.state.conversations.reading() as connection:
        return int(turns_of(connection, word)[-1]["id"])
