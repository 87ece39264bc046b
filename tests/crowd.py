"""Many people who write at once, on the web and by push; and whether each message was answered once, in order."""

import itertools
import json
import random
import threading
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from gateway.database import Database
from gateway.inbox import Inbox, Message
from gateway.outbox import Outbox
from tests.push import Phones

TEXTS = (
    "xin chào",
    "cảm ơn",
    "Đăng ký khai sinh cần giấy tờ gì?",
    "lệ phí bao nhiêu",
    "dang ky ket hon lam o dau",
    "tạm biệt",
    "đăng ký tạm trú mất mấy ngày",
)
AHEAD = 5  # messages
# Patient, since a processor shared with others may take minutes to start a bot; who waits is not told so before.
SETTINGS = {"MOTCUA_CONNECTORS": "tests.push", "MOTCUA_PATIENCE_SECONDS": "600"}


@dataclass
class Crowd:
    """People before one address, and the gateway's and the bot's databases behind it; all ends by the deadline.

    They write so many messages, or without a number until `go_home`.
    """

    url: str
    database_url: str
    trackers_url: str
    phones: Phones
    messages: int | None
    seconds: float
    people: int = 50
    sent: dict[str, list[str]] = field(default_factory=dict)  # person or conversation → message ids, in order
    deadline: float = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + self.seconds
        self.people = min(self.people, self.messages or self.people)
        self._is_over = threading.Event()
        self._database = Database(self.database_url)
        self.inbox, self._outbox = Inbox(self._database), Outbox(self._database)

    def until(self) -> Iterator[None]:
        """Turns to try something, until the deadline; the pause leaves the processor to what is waited for."""
        while time.monotonic() < self.deadline:
            yield
            time.sleep(0.05)
        raise AssertionError(f"Not done within {self.seconds:.0f} s")

    def answered(self) -> int:
        """How many messages are answered; asked again while the database is away."""
        return self._count(self.inbox, "answered")

    def talk(self, threads: ThreadPoolExecutor) -> list["Future[None]"]:
        """Begins to write; every second person by push, the others over the API of the page."""
        return [threads.submit(self._talk, number) for number in range(self.people)]

    def go_home(self) -> None:
        """Lets those who write without end come to one."""
        self._is_over.set()

    def check(self) -> None:
        """Waits for the last answer; raises AssertionError unless each message was answered once and in order."""
        with closing(self._database):
            for _ in self.until():
                if not self._count(self.inbox, "waiting") and not self._count(self._outbox, "waiting"):
                    break
            transcripts = {person: self.inbox.transcript(person) for person in self.sent}
        turns = _turns(self.trackers_url)
        _check_phones(transcripts, self.phones)
        for person, ids in self.sent.items():
            assert [message.external_id for message in transcripts[person]] == ids, "stored once, in order"
            assert all(message.replies for message in transcripts[person]), "answered"
            assert not any(_is_apology(message) for message in transcripts[person]), "by an answer"
            count, last = turns[person]
            assert count == len(ids), "each turn was run once"
            assert last == ids[-len(last) :], "in order"

    def _count(self, table: Inbox | Outbox, state: str) -> int:
        for _ in self.until():
            with suppress(OperationalError):
                return table.claims.count(state)
        raise AssertionError("unreachable")

    def _talk(self, number: int) -> None:
        with httpx.Client(base_url=self.url, timeout=40) as client:
            if number % 2:
                self._push(client, f"person-{number}", self._said(number))
                return
            token = self._post(client, "/api/conversations", {}, {}).json()["conversation"]
            ids = self.sent.setdefault(_conversation(token), [])
            for message_id, words in self._said(number):
                ids.append(message_id)
                self._post(client, "/api/messages", {"id": message_id, "text": words}, {"Authorization": f"Bearer {token}"})

    def _said(self, number: int) -> Iterator[tuple[str, str]]:
        """What a person says, with ids."""
        mine = random.Random(number)
        share = None if self.messages is None else self.messages // self.people + (number < self.messages % self.people)
        for index in itertools.count() if share is None else range(share):
            if self._is_over.is_set():
                return
            yield f"person-{number}-message-{index}", mine.choice(TEXTS)

    def _push(self, client: httpx.Client, person: str, said: Iterable[tuple[str, str]]) -> None:
        """Who waits for no answer writes on; without a number of messages, not much further than is answered."""
        ids = self.sent.setdefault(person, [])
        for message_id, words in said:
            ids.append(message_id)
            self._post(client, "/push", {"person": person, "id": message_id, "text": words}, {})
            for _ in self.until():
                if self.messages is not None or len(self.phones.texts[person]) > len(ids) - AHEAD:
                    break

    def _post(self, client: httpx.Client, path: str, body: dict[str, Any], headers: dict[str, str]) -> httpx.Response:
        """Sends the same until the gateway has it: a killed gateway answers nobody, and its connections break."""
        for _ in self.until():
            with suppress(httpx.TransportError):
                response = client.post(path, json=body, headers=headers)
                if response.is_success:
                    return response
                assert response.status_code >= 500, f"{path}: {response.status_code} {response.text}"
        raise AssertionError("unreachable")


def _check_phones(transcripts: Mapping[str, Sequence[Message]], phones: Phones) -> None:
    """Each phone got every reply to its person once, in order."""
    for person, transcript in transcripts.items():
        if person.startswith("person"):
            said = [reply["text"] for message in transcript for reply in message.replies or ()]
            assert phones.texts[person] == said, person


def _conversation(token: str) -> str:
    """The id inside a signed token."""
    return str(json.loads(urlsafe_b64decode(token.split(".")[0] + "==")))


def _turns(trackers: str) -> dict[str, tuple[int, list[str]]]:
    """Conversation → how many turns the bot has run, and the ids of the messages of the last ones, in order."""
    engine = create_engine(trackers, future=True)
    with closing(engine.connect()) as connection:
        rows = connection.execute(text("SELECT conversation, turns, events FROM trackers")).fetchall()
    engine.dispose()
    return {
        conversation: (turns, [event["message_id"] for event in json.loads(events) if event["event"] == "user"])
        for conversation, turns, events in rows
    }


def _is_apology(message: Message) -> bool:
    return any(reply.get("status", "").startswith("failed_") for reply in message.replies or ())
