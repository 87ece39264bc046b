"""Processes are killed while people write: every message is answered once, in order, and its turn is run once.

MOTCUA_KILL_MESSAGES and MOTCUA_KILLS make it shorter, for trying it out.
"""

import json
import os
import random
import signal
import sqlite3
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from gateway.database import Database
from gateway.inbox import Inbox, Message
from gateway.outbox import Outbox
from tests.push import Phones
from tests.stack import Stack, running_stack

MESSAGES = int(os.environ.get("MOTCUA_KILL_MESSAGES", "1000"))
KILLS = int(os.environ.get("MOTCUA_KILLS", "20"))
PEOPLE = min(50, MESSAGES)
DEADLINE = 3600.0  # seconds for all of it; nine minutes on two busy cores, so this only ends what hangs
# Patient, since a processor shared with others may take minutes to start a bot; who waits is not told so before.
SETTINGS = {"MOTCUA_CONNECTORS": "tests.push", "MOTCUA_PATIENCE_SECONDS": "600"}
TEXTS = (
    "xin chào",
    "cảm ơn",
    "Đăng ký khai sinh cần giấy tờ gì?",
    "lệ phí bao nhiêu",
    "dang ky ket hon lam o dau",
    "tạm biệt",
    "đăng ký tạm trú mất mấy ngày",
)


@dataclass
class Run:
    """What was sent to the running assistant, and what it was made to suffer."""

    stack: Stack
    phones: Phones
    chance: random.Random = field(default_factory=lambda: random.Random(20261125))
    sent: dict[str, list[str]] = field(default_factory=dict)  # person or conversation → message ids, in order
    killed: list[str] = field(default_factory=list)
    deadline: float = field(default_factory=lambda: time.monotonic() + DEADLINE)

    def until(self) -> Iterator[None]:
        """Turns to try something, until the deadline; the pause leaves the processor to what is waited for."""
        while time.monotonic() < self.deadline:
            yield
            time.sleep(0.05)
        raise AssertionError(f"Not done within {DEADLINE:.0f} s, after the kills {self.killed}")


def test_all_is_answered_once_and_in_order_whatever_is_killed(tmp_path: Path) -> None:
    phones = Phones()
    with (
        phones.listening() as push_to,
        running_stack(tmp_path, **SETTINGS, MOTCUA_PUSH_TO=push_to) as stack,
    ):
        run, database = Run(stack, phones), Database(f"sqlite:///{tmp_path}/gateway.db")
        with closing(database), ThreadPoolExecutor(PEOPLE + 1) as threads:
            inbox, outbox = Inbox(database), Outbox(database)
            people = [threads.submit(_talk, run, number) for number in range(PEOPLE)]
            killer = threads.submit(_kill, run, inbox)
            for future in (*people, killer):
                future.result()
            _wait_for_the_last(run, inbox, outbox)
            transcripts = {person: inbox.transcript(person) for person in run.sent}
        turns = _turns(tmp_path / "trackers.db")
    assert len(run.killed) == KILLS
    _check_phones(transcripts, phones)
    for person, ids in run.sent.items():
        assert [message.external_id for message in transcripts[person]] == ids, "stored once, in order"
        assert all(message.replies for message in transcripts[person]), "answered"
        assert not any(_is_apology(message) for message in transcripts[person]), "by an answer"
        count, last = turns[person]
        assert count == len(ids), "each turn was run once"
        assert last == ids[-len(last) :], "in order"


def _check_phones(transcripts: dict[str, list[Message]], phones: Phones) -> None:
    """Each phone got every reply to its person once, in order."""
    for person, transcript in transcripts.items():
        if person.startswith("person"):
            said = [reply["text"] for message in transcript for reply in message.replies or ()]
            assert phones.texts[person] == said, person


def _talk(run: Run, number: int) -> None:
    """One person: every second one by push, the others over the API of the page."""
    mine = random.Random(number)
    texts = [mine.choice(TEXTS) for _ in range(MESSAGES // PEOPLE + (number < MESSAGES % PEOPLE))]
    ids = [f"person-{number}-message-{index}" for index in range(len(texts))]
    with httpx.Client(base_url=run.stack.url, timeout=40) as client:
        if number % 2:
            run.sent[f"person-{number}"] = ids
            for message_id, text in zip(ids, texts, strict=True):
                _post(run, client, "/push", {"person": f"person-{number}", "id": message_id, "text": text}, {})
            return
        token = _post(run, client, "/api/conversations", {}, {}).json()["conversation"]
        run.sent[_conversation(token)] = ids
        for message_id, text in zip(ids, texts, strict=True):
            _post(run, client, "/api/messages", {"id": message_id, "text": text}, {"Authorization": f"Bearer {token}"})


def _post(run: Run, client: httpx.Client, path: str, body: dict[str, Any], headers: dict[str, str]) -> httpx.Response:
    """Sends the same until the gateway has it: a killed gateway answers nobody, and its connections break."""
    for _ in run.until():
        with suppress(httpx.TransportError):
            response = client.post(path, json=body, headers=headers)
            if response.is_success:
                return response
            assert response.status_code >= 500, f"{path}: {response.status_code} {response.text}"
    raise AssertionError("unreachable")


def _conversation(token: str) -> str:
    """The id inside a signed token."""
    return str(json.loads(urlsafe_b64decode(token.split(".")[0] + "==")))


def _kill(run: Run, inbox: Inbox) -> None:
    """Kills when so many messages are answered: moments spread over the whole run, the same in each run.

    What was killed has answered again before the next one is, so that each kill meets a working assistant.
    """
    moments = sorted(run.chance.sample(range(MESSAGES * 9 // 10), KILLS))
    answered = -1
    for moment in moments:
        name, due = run.chance.choice(("bot", "actions", "gateway")), max(moment, answered + 1)
        for _ in run.until():
            if (answered := inbox.claims.count("answered")) >= due and (pid := run.stack.pid(name)):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    run.killed.append(name)
                    break


def _wait_for_the_last(run: Run, inbox: Inbox, outbox: Outbox) -> None:
    for _ in run.until():
        if not inbox.claims.count("waiting") and not outbox.claims.count("waiting"):
            return


def _turns(trackers: Path) -> dict[str, tuple[int, list[str]]]:
    """Conversation → how many turns the bot has run, and the ids of the messages of the last ones, in order."""
    with closing(sqlite3.connect(trackers)) as connection:
        rows = connection.execute("SELECT conversation, turns, events FROM trackers").fetchall()
    return {
        conversation: (turns, [event["message_id"] for event in json.loads(events) if event["event"] == "user"])
        for conversation, turns, events in rows
    }


def _is_apology(message: Message) -> bool:
    return any(reply.get("status", "").startswith("failed_") for reply in message.replies or ())
