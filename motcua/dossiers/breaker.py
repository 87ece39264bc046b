"""A circuit breaker: what failed again and again is left alone for a while, so that nobody waits for it in vain."""

import threading
import time
from collections.abc import Callable

MAX_FAILURES = 3
REST_SECONDS = 15.0


class Breaker:
    """Closed while calls succeed; open after three failures in a row; then one call at a time finds out whether it is back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._failures, self._rests_until = 0, 0.0

    def lets_through(self) -> bool:
        """Whether to call now; while it rests, one caller in each 15 seconds is let through to find out."""
        with self._lock:
            if self._failures < MAX_FAILURES:
                return True
            if self._clock() < self._rests_until:
                return False
            self._rests_until = self._clock() + REST_SECONDS
            return True

    def succeeded(self) -> None:
        """The call was answered."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """The call was not answered."""
        with self._lock:
            self._failures += 1
            if self._failures >= MAX_FAILURES:
                self._rests_until = self._clock() + REST_SECONDS
