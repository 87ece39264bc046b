"""Who must not send just now: an account that an administrator has to mend, an application that asked too often."""

import logging
from collections.abc import Callable

from gateway.zalo.metrics import ZaloMetrics

logger = logging.getLogger(__name__)

PROBE_SECONDS = 900.0  # a stopped account is tried again by itself, so that mending it is enough
QUOTA_SECONDS = 3600.0
WINDOW_SECONDS = 60.0  # Zalo counts requests by the minute
MAX_SLOW_SECONDS = 300.0


class Brakes:
    """Waiting times by account or application; one never holds up another."""

    def __init__(self, metrics: ZaloMetrics, clock: Callable[[], float]) -> None:
        self._metrics, self._clock = metrics, clock
        self._until: dict[str, tuple[float, str]] = {}

    def wait(self, name: str) -> tuple[float, str] | None:
        """How long still, and why; None if it may send."""
        until, reason = self._until.get(name, (0.0, ""))
        left = until - self._clock()
        return (left, reason) if left > 0 else None

    def stop(self, name: str, reason: str, seconds: float = PROBE_SECONDS) -> tuple[float, str]:
        """Nothing goes out through it until it is tried again; operators are told."""
        logger.error("Zalo account %s is stopped: %s", name, reason)
        self._metrics.stopped.labels(name).set(1)
        return self._hold(name, seconds, reason)

    def slow(self, name: str, attempts: int = 0) -> tuple[float, str]:
        """Too many requests: waits for the next minute, and for more of them each time that was not enough."""
        to_next_minute = WINDOW_SECONDS - self._clock() % WINDOW_SECONDS
        more = WINDOW_SECONDS * (2.0**attempts - 1)
        return self._hold(name, min(to_next_minute + more, MAX_SLOW_SECONDS), "rate")

    def went_through(self, name: str) -> None:
        """Something was delivered: whatever was wrong is mended."""
        self._until.pop(name, None)
        self._metrics.stopped.labels(name).set(0)

    def _hold(self, name: str, seconds: float, reason: str) -> tuple[float, str]:
        self._until[name] = (self._clock() + seconds, reason)
        return seconds, reason
