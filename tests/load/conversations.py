"""`python -m tests.load.conversations`: a million turns in SQLite and PostgreSQL; written into docs/benchmarks.md.

With `--turns 100000` or `--keep FOLDER` (SQLite only, made once) it is a trial and leaves docs/benchmarks.md alone.
"""

import argparse
import contextlib
import io
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.engine import Connection
from sqlalchemy.schema import Table

from motcua.conversations.counting import DIMENSIONS, refresh_figures
from motcua.conversations.figures import figures_by, figures_by_channel, figures_by_day
from motcua.conversations.filters import Filters, chosen_filters
from motcua.conversations.finding import count_turns, find_conversations, find_turns, sample_turns
from motcua.conversations.moments import now_ms
from motcua.conversations.schema import CONVERSATIONS, SEARCH, TRACES, TURNS
from motcua.conversations.store import ConversationStore
from motcua.conversations.turns import Turn
from tests.evaluation.benchmarks import BENCHMARKS, write_between
from tests.load.machine import machine
from tests.load.made_up_turns import World
from tests.postgres import running_postgres

_AT_ONCE = 5_000
_LOOKS = 200
_STATUSES = (
    "answered",
    "answered_from_guide",
    "asked",
    "declined",
    "declined_no_guide",
    "failed",
    "handed_over",
    "failed_registry",
)
_INTENTS = ("ask_papers", "ask_fee", "ask_place", "ask_forms")


def fill(store: ConversationStore, turns: int) -> None:
    """Puts so many made-up turns into an empty store."""
    made = World().turns(turns, now=now_ms())
    while some := list(itertools.islice(made, _AT_ONCE)):
        with store.writing() as connection:
            _put(connection, CONVERSATIONS, [found.conversation for found in some if found.conversation])
            _put(connection, TURNS, [found.turn for found in some])
            _put(connection, TRACES, [{"turn": found.turn["id"], "trace": found.trace} for found in some])
            _put(connection, SEARCH, [{"id": found.turn["id"], "terms": found.terms} for found in some])
    with store.writing() as connection:
        connection.execute(text("INSERT INTO stale_days SELECT DISTINCT ((id >> 10) + 25200000) / 86400000 FROM turns"))
        refresh_figures(connection)
        connection.execute(text("ANALYZE"))


def _put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if connection.dialect.name == "sqlite" or not rows:
        connection.execute(insert(table), rows)
        return
    names, copied = list(rows[0]), io.StringIO()
    for row in rows:
        copied.write("\t".join(r"\N" if row[name] is None else str(row[name]).replace("\\", r"\\") for name in names) + "\n")
    copied.seek(0)
    with connection.connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table.name} ({', '.join(names)}) FROM STDIN", copied)


def looks(seed: int = 2) -> Iterator[Filters]:
    """What supervisors might ask for: three filters and words that many, some, few or no turns hold."""
    drawn, world = random.Random(seed), World(seed)
    today = date.today()
    for _ in range(_LOOKS):
        (phrase,) = drawn.choices(world.guides[drawn.randrange(len(world.guides))].also_called)
        spoken = phrase.split()
        wanted = drawn.choice(
            [phrase, " ".join(spoken[:2]), f'"{" ".join(spoken[:2])}"', drawn.choice(spoken), "giay to", "con"]
        )
        status, intent = drawn.choice(_STATUSES), drawn.choice(_INTENTS)
        third = drawn.choice(
            [
                {"place": drawn.choice(world.places)},
                {"channel": drawn.choice(["web", "zalo_oa", "zalo_bot"])},
                {"procedure": drawn.choice(world.guides).code},
                {"feedback": "unhelpful"},
                {"confidence": (0, 40)},
                {"length": ["6-10", "11-20"]},
            ]
        )
        filters = chosen_filters(text=wanted, status=status, intent=intent, **third)
        if drawn.random() < 0.3:
            begin = today - timedelta(days=drawn.randrange(30, 360))
            filters = Filters(**{**vars(filters), "since": begin, "until": begin + timedelta(days=drawn.randrange(7, 60))})
        yield filters


def dashboard(connection: Connection) -> None:
    """Everything a dashboard of one year shows."""
    until = date.today()
    since = until - timedelta(days=365)
    figures_by_day(connection, since=since, until=until)
    figures_by_channel(connection, since=since, until=until)
    for dimension in DIMENSIONS:
        figures_by(connection, dimension, since=since, until=until)


def timed(store: ConversationStore, job: Callable[[Connection], object]) -> float:
    """Milliseconds of one job on a connection of its own."""
    began = time.perf_counter()
    with store.reading() as connection:
        job(connection)
    return (time.perf_counter() - began) * 1000


def measure(store: ConversationStore) -> dict[str, list[float]]:
    """Milliseconds of each kind of look, in the order they came."""
    asked = list(looks())
    found: dict[str, list[float]] = {}
    for name, job in (
        ("list of turns", find_turns),
        ("list of conversations", find_conversations),
        ("count up to 10,000", count_turns),
    ):
        found[f"{name}, three filters and text"] = [timed(store, lambda c, j=job, f=f: j(c, f)) for f in asked]
    found["list without filters"] = [timed(store, lambda c: find_turns(c, Filters())) for _ in range(20)]
    some = chosen_filters(status="declined")
    found["random sample of 50 among the declined"] = [
        timed(store, lambda c: sample_turns(c, some, seed=1, size=50)) for _ in range(5)
    ]
    found["dashboard of a year"] = [timed(store, dashboard) for _ in range(10)]
    found["keeping one turn"] = [_keep(store, number) for number in range(200)]
    found["counting a changed day anew"] = [_refresh(store)]
    return found


def _keep(store: ConversationStore, number: int) -> float:
    began = time.perf_counter()
    store.keep(
        Turn(
            f"new-{number % 50}", str(number), now_ms(), said="Đăng ký khai sinh cần giấy tờ gì?", status="answered_from_guide"
        )
    )
    return (time.perf_counter() - began) * 1000


def _refresh(store: ConversationStore) -> float:
    began = time.perf_counter()
    with store.writing() as connection:
        refresh_figures(connection)
    return (time.perf_counter() - began) * 1000


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def report(turns: int, found: dict[str, dict[str, list[float]]], sizes: dict[str, int]) -> str:
    """The measurement as Markdown."""
    names = list(next(iter(found.values())))
    head = [f"| ms (p50 / p95 / longest) | {' | '.join(found)} |", f"|---|{'---|' * len(found)}"]
    rows = [f"| {name} | " + " | ".join(_told(found[store][name]) for store in found) + " |" for name in names]
    told = ", ".join(f"{store} {size / 1e9:.1f} GB" for store, size in sizes.items())
    return "\n".join(
        [
            "\n## Conversations (`python -m tests.load.conversations`)",
            "",
            f"Measured {date.today().isoformat()} on {machine()}, with {turns:,} made-up turns over a year ({told}).",
            f"{_LOOKS} different looks: three filters and words that many, few or no turns hold.",
            "",
            *head,
            *rows,
        ]
    )


def _told(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} / {_p95(times):.0f} / {max(times):.0f}"


@contextlib.contextmanager
def filled(url: str, turns: int) -> Iterator[ConversationStore]:
    """A store with so many turns; one that has some is taken as it is."""
    store = ConversationStore(url)
    with store.reading() as connection:
        is_empty = not find_turns(connection, Filters(), limit=1).turns
    if is_empty:
        fill(store, turns)
    yield store
    store.close()


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    found, sizes = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        path = (asked.keep or Path(folder)) / "conversations.db"
        with filled(f"sqlite:///{path}", asked.turns) as store:
            found["SQLite"] = measure(store)
        sizes["SQLite"] = path.stat().st_size
    if not asked.keep:
        with running_postgres() as url, filled(url, asked.turns) as store:
            found["PostgreSQL"] = measure(store)
            with store.reading() as connection:
                sizes["PostgreSQL"] = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    told = report(asked.turns, found, sizes)
    print(told)  # noqa: T201
    if not asked.keep and asked.turns == 1_000_000:
        write_between(BENCHMARKS, "<!-- conversations -->", "<!-- end of conversations -->", told)


if __name__ == "__main__":
    main()
