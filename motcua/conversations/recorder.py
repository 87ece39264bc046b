"""Turns on their way into the store: in a thread of their own, so that no citizen waits for it or is hurt by it."""

import contextlib
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from sqlalchemy.exc import InterfaceError, OperationalError

from motcua.conversations.store import ConversationStore
from motcua.conversations.turns import Turn
from motcua.logs import about

logger = logging.getLogger(__name__)

MAX_WAITING = 10_000  # turns, about 20 MB; a store that is away for longer loses the newest
MAX_PAUSE = 30.0  # seconds between two attempts to reach it
BATCH, LINGER = 100, 0.25  # turns written together, and seconds others are waited for: each is a tenth of the work of one alone
GRACE = 10.0  # seconds that stopping waits for what is left
AWAY = (OperationalError, InterfaceError, ConnectionError)  # what is raised by a destination that may be back soon


class Destination(Protocol):
    """Where turns are kept, or handed on to be kept: the store, or a queue before it."""

    def keep(self, *turns: Turn) -> None:
        """Keeps turns for good, or raises."""

    def close(self) -> None:
        """Gives the connections back."""


class Recorder:
    """`record` returns at once. What cannot be written is tried again until the store is back or this is closed."""

    def __init__(self, open_store: Callable[[], Destination], *, first_pause: float = 0.5, grace: float = GRACE) -> None:
        self._open = open_store
        self._store: Destination | None = None
        self._opening = threading.Lock()
        self._first_pause, self._grace = first_pause, grace
        self._waiting: queue.Queue[Turn | None] = queue.Queue(MAX_WAITING)
        self._closing, self._in_a_hurry = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="conversations", daemon=True)
        self._thread.start()

    def record(self, turn: Turn) -> None:
        """Hands a turn over; drops it, with a line in the log, where too many wait already."""
        try:
            self._waiting.put_nowait(turn)
        except queue.Full:
            with about(turn.conversation):
                logger.error("A turn was not recorded: too many wait for the store")

    def drain(self) -> None:
        """Waits until all that was handed over is written, or given up."""
        self._in_a_hurry.set()
        self._waiting.join()
        self._in_a_hurry.clear()

    def erase(self, conversation: str) -> None:
        """Erases a conversation now, by whoever calls; raises sqlalchemy's errors while the store cannot be reached."""
        store = self._opened()
        assert isinstance(store, ConversationStore), "who erases writes into the store itself"
        store.erase(conversation)

    def close(self) -> None:
        """Writes what is left, then stops; gives up after the grace."""
        self._closing.set()
        self._in_a_hurry.set()
        with contextlib.suppress(queue.Full):
            self._waiting.put(None, timeout=self._grace)
        self._thread.join(self._grace)

    def _run(self) -> None:
        lost, is_open = 0, True
        while is_open:
            taken = self._taken()
            turns = [turn for turn in taken if turn is not None]
            lost += self._lost(turns) if turns else 0
            for _ in taken:
                self._waiting.task_done()
            is_open = len(turns) == len(taken)
        if lost:
            logger.error("%d turns were not recorded", lost)
        if self._store is not None:
            self._store.close()

    def _taken(self) -> list[Turn | None]:
        """The next turns, when there is one; the last is None when there will be no more."""
        taken = [self._waiting.get()]
        if taken != [None]:
            self._in_a_hurry.wait(LINGER)
        while taken[-1] is not None and len(taken) < BATCH and not self._waiting.empty():  # nobody else takes from it
            taken.append(self._waiting.get())
        return taken

    def _opened(self) -> Destination:
        with self._opening:
            self._store = self._store or self._open()
            return self._store

    def _lost(self, turns: Sequence[Turn]) -> int:
        """How many of them were not written in the end; while they are not, those behind them wait."""
        pause = self._first_pause
        while True:
            try:
                self._opened().keep(*turns)
                return 0
            except AWAY as error:
                logger.warning("The conversation store cannot be reached: %s", type(error).__name__)
            except Exception as error:  # the edge of the thread: one turn that cannot be written must not stop the others
                if len(turns) > 1:
                    return sum(self._lost([turn]) for turn in turns)
                with about(turns[0].conversation):
                    logger.error("A turn was not recorded: %s", type(error).__name__)
                return 1
            if self._closing.wait(pause):
                return len(turns)
            pause = min(MAX_PAUSE, 2 * pause)
