"""What the fake Zalo knows: applications, accounts, people, tokens, and what was sent to whom."""

import itertools
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]
HOUR, DAY = 3600.0, 86400.0


@dataclass
class App:
    app_id: str
    app_secret: str
    oa_secret: str
    webhook: str = ""
    requests_a_minute: int = 4000
    asked: dict[int, int] = field(default_factory=lambda: defaultdict(int))  # requests by minute


@dataclass
class Account:
    oa_id: str
    app: App
    fails_with: list[int] = field(default_factory=list)  # error codes of the next calls, in order
    access_tokens: dict[str, float] = field(default_factory=dict)  # token → made at; the last one is the living one
    refresh_tokens: dict[str, bool] = field(default_factory=dict)  # token → still unused
    codes: dict[str, tuple[float, str]] = field(default_factory=dict)  # consent code → made at, challenge


@dataclass
class Person:
    user_id: str
    last_interaction: dict[str, float] = field(default_factory=dict)  # by oa_id


@dataclass
class FakeBot:
    token: str
    webhook: str = ""
    secret: str = ""
    errors_in_200: bool = False
    fails_with: list[int] = field(default_factory=list)
    updates: "queue.Queue[Body]" = field(default_factory=queue.Queue)
    sent: list[Body] = field(default_factory=list)


class World:
    """The state behind both APIs; tests arrange it and look into it."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.apps: dict[str, App] = {}
        self.accounts: dict[str, Account] = {}
        self.people: dict[str, Person] = {}
        self.bots: dict[str, FakeBot] = {}
        self.assets: dict[str, float] = {}  # uploaded file or image → made at
        self.sent: list[Body] = []  # consultation messages that were accepted, with their oa_id and message_id
        self.reactions: list[Body] = []
        self.arrived: queue.Queue[Body] = queue.Queue()  # the same as `sent`, for tests that wait
        self.refreshes = 0
        self._numbers = itertools.count(1)

    def account(self, oa_id: str, *, app_id: str, oa_secret: str = "oa-khoa-bi-mat") -> Account:
        app = self.apps.setdefault(app_id, App(app_id, f"secret-of-{app_id}", oa_secret))
        return self.accounts.setdefault(oa_id, Account(oa_id, app))

    def bot(self, token: str) -> FakeBot:
        return self.bots.setdefault(token, FakeBot(token))

    def person(self, user_id: str) -> Person:
        return self.people.setdefault(user_id, Person(user_id))

    def new_id(self) -> str:
        return f"m{next(self._numbers):08d}f00d"

    def issue(self, account: Account) -> Body:
        """A new pair. The old access token dies with it; ids and numbers are strings."""
        number = next(self._numbers)
        access, refresh = f"access-{account.oa_id}-{number}", f"refresh-{account.oa_id}-{number}"
        account.access_tokens[access] = self.clock()
        account.refresh_tokens[refresh] = True
        return {"access_token": access, "refresh_token": refresh, "expires_in": "90000"}

    def consent(self, account: Account, challenge: str) -> str:
        code = f"code-{next(self._numbers)}"
        account.codes[code] = (self.clock(), challenge)
        return code

    def next_message(self, seconds: float = 20) -> Body:
        """The next message that reached a citizen through an account."""
        return self.arrived.get(timeout=seconds)
