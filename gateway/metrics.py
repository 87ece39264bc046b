"""Counters for Prometheus: how much came in and went out, and nothing of what was said or by whom."""

from prometheus_client import CollectorRegistry, Counter, generate_latest

from gateway.outbox import Delivered, Outcome, TryLater, Undeliverable


class Metrics:
    """The counters of one gateway process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._messages = self._counter("messages", "Messages by what became of them", "channel", "state")
        self._deliveries = self._counter("deliveries", "Attempts to push a reply", "channel", "outcome")
        self._rejected = self._counter("rejected_signatures", "Events whose signature was not the channel's", "channel")
        self._limited = self._counter("limited", "Requests over a limit", "channel")
        self._shed = self._counter("shed", "Messages refused because too many wait", "channel")

    def message(self, channel: str, state: str) -> None:
        """A message was accepted ("waiting"), "answered", left "for_staff" or "ignored"."""
        self._messages.labels(channel, state).inc()

    def delivery(self, channel: str, outcome: Outcome) -> None:
        """A channel was asked to push a reply."""
        alarm = "alarm" if isinstance(outcome, Undeliverable) and outcome.is_alarm else "undeliverable"
        name = {Delivered: "delivered", TryLater: "later"}.get(type(outcome), alarm)
        self._deliveries.labels(channel, name).inc()

    def rejected_signature(self, channel: str) -> None:
        """An event came whose signature is not the channel's."""
        self._rejected.labels(channel).inc()

    def limited(self, channel: str) -> None:
        """A request was refused, or a message ignored, for being one of too many."""
        self._limited.labels(channel).inc()

    def shed(self, channel: str) -> None:
        """A message was refused because too many wait."""
        self._shed.labels(channel).inc()

    @property
    def registry(self) -> CollectorRegistry:
        """Where connectors add figures of their own."""
        return self._registry

    def exposition(self) -> bytes:
        """All counters in Prometheus' text format."""
        return generate_latest(self._registry)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"motcua_gateway_{name}", what, labels, registry=self._registry)
