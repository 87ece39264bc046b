"""A release is promoted while people write: no error, nothing lost or doubled, and then the new one answers."""

import sqlite3
import tarfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from gateway.database import Database
from gateway.inbox import Inbox
from motcua.releases import MODEL, Release, Releases
from tests.conversations.chat import Chat, attempts
from tests.stack import Stack, running_stack

PEOPLE = 6
TEXTS = ("xin chào", "Đăng ký khai sinh cần giấy tờ gì?", "lệ phí bao nhiêu", "dang ky ket hon lam o dau")
WHOLE, BROKEN = "a" * 16, "b" * 16


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """An assistant that others don't talk to."""
    with running_stack(tmp_path_factory.mktemp("hot-swap")) as stack:
        yield stack


@pytest.fixture(scope="module")
def releases(own: Stack) -> Releases:
    return Releases(_var(own) / "releases")


def _var(stack: Stack) -> Path:
    return Path(stack.environment["MOTCUA_VAR"])


def _release_again(releases: Releases, var: Path, release: str) -> None:
    """The current model once more, packed anew: another file that understands the same."""
    current = releases.standing().current
    assert current
    with tarfile.open(releases.model_of(current)) as packed:
        packed.extractall(var / release, filter="data")
    with tarfile.open(var / MODEL, "w:gz") as packed:
        for path in sorted((var / release).iterdir()):
            packed.add(path, path.name)
    inputs = releases.inputs_of(current)
    assert inputs
    releases.add(var / MODEL, Release(release, inputs=inputs, made_at=time.time()))


def _models(var: Path) -> list[str]:
    """Which release answered each turn, in order."""
    with closing(sqlite3.connect(var / "conversations.db")) as connection:
        return [row[0] for row in connection.execute("SELECT model FROM turns WHERE model IS NOT NULL ORDER BY id")]


def test_no_turn_is_lost_doubled_or_apologised_for_while_a_release_takes_over(own: Stack, releases: Releases) -> None:
    _release_again(releases, _var(own), WHOLE)
    before, is_over = releases.standing().current, threading.Event()

    def talk(number: int) -> list[str]:
        with httpx.Client(base_url=own.url, timeout=60) as client:
            chat, statuses = Chat(client), []
            while not is_over.is_set():
                replies = chat.say(TEXTS[(number + len(statuses)) % len(TEXTS)])
                statuses.append(next(reply["status"] for reply in replies if reply.get("status")))
            return statuses

    with ThreadPoolExecutor(PEOPLE) as people:
        talking = [people.submit(talk, number) for number in range(PEOPLE)]
        try:
            _wait_for(own, before)
            releases.promote(WHOLE)
            _wait_for(own, WHOLE)
            releases.roll_back()
            _wait_for(own, before, after=WHOLE)
            releases.promote(WHOLE)
            _wait_for(own, WHOLE, after=before)
        finally:
            is_over.set()
        statuses = [status for one in talking for status in one.result()]
    assert not [status for status in statuses if status.startswith("failed")]
    with closing(sqlite3.connect(_var(own) / "trackers.db")) as connection:
        (turns,) = connection.execute("SELECT SUM(turns) FROM trackers").fetchone()
    with closing(Database(f"sqlite:///{_var(own)}/gateway.db")) as database:
        taken = Inbox(database).claims
        assert (taken.count("answered"), taken.count("waiting")) == (turns, 0), "each message was run once"
    assert turns > len(statuses) > PEOPLE


def test_a_release_that_was_damaged_behind_our_back_is_refused_and_the_last_one_answers(own: Stack, releases: Releases) -> None:
    _release_again(releases, _var(own), BROKEN)
    releases.promote(BROKEN)
    _wait_for(own, BROKEN)
    good = releases.roll_back()
    _wait_for(own, good, after=BROKEN)
    with releases.model_of(BROKEN).open("r+b") as file:
        file.truncate(1_000_000)
    pointer = _var(own) / "releases" / "current.json"
    pointer.write_text(pointer.read_text().replace(good, BROKEN))
    log = _var(own) / "log" / "bot.log"
    for _ in attempts():
        if f"Release {BROKEN} was refused, {good} goes on" in log.read_text("utf-8"):
            break
    with httpx.Client(base_url=own.url, timeout=60) as client:
        assert Chat(client).say(TEXTS[1])[0]["status"] == "answered_from_guide"
    _wait_for(own, good, after=BROKEN)


def _wait_for(stack: Stack, release: str | None, *, after: str | None = None) -> None:
    """Until a turn was answered by that release, and where another one was before it, behind that one's last."""
    with httpx.Client(base_url=stack.url, timeout=60) as client:
        chat = Chat(client)
        for _ in attempts():
            chat.say(TEXTS[0])
            models = _models(_var(stack))
            if models and models[-1] == release and (after is None or after in models):
                return
    raise AssertionError(f"No turn was answered by {release}")
