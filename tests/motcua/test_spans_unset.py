"""Spans without a collector; with one: tests/conversations/test_spans.py."""

from motcua.spans import carried, message_span, span


def test_without_a_collector_nothing_is_carried_to_the_next_process() -> None:
    with message_span("message", "cuoc-1", 1, since=0, channel="web"), span("turn"):
        assert carried() == {}
