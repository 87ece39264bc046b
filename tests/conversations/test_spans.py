"""What a collector of OpenTelemetry gets of a turn: one trace through all processes, and no word of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from motcua.replay import replay_all
from tests.stack import running_stack

PHONE = "0912 345 678"
# From the search in the action server out to the message in the gateway.
NESTED = ["actions: retrieve", "actions: action_answer_procedure", "bot: act", "bot: turn", "gateway: message"]


def test_a_turn_is_one_trace_through_gateway_bot_and_actions_without_a_word_of_it(tmp_path: Path) -> None:
    with _collector() as (endpoint, received), running_stack(tmp_path, MOTCUA_OTLP_ENDPOINT=endpoint) as stack:
        said = f"đăng ký kết hôn cần giấy tờ gì, số em là {PHONE}"
        (result,) = replay_all([{"id": "1", "turns": [said]}], stack.url)
        assert result["status"] == "answered_from_guide"
    spans = {  # each process sends what it has left when it stops
        span.span_id: (dict(map(_told, of_process.resource.attributes))["service.name"], span)
        for request in received
        for of_process in ExportTraceServiceRequest.FromString(request).resource_spans
        for scope in of_process.scope_spans
        for span in scope.spans
    }
    searches = [_around(spans, number) for number, (_, span) in spans.items() if span.name == "retrieve"]
    assert NESTED in searches
    sent = b"".join(received).decode("utf-8", "replace")
    assert not [word for word in ("kết hôn", PHONE, "0912345678", "giấy tờ") if word in sent]


def _around(spans: dict[bytes, Any], number: bytes) -> list[str]:
    """A span and those it stands in, of the same trace."""
    found, trace = [], spans[number][1].trace_id
    while number in spans and spans[number][1].trace_id == trace:
        process, span = spans[number]
        found.append(f"{process.removeprefix('motcua-')}: {span.name}")
        number = span.parent_span_id
    return found


def _told(attribute: Any) -> tuple[str, str]:
    return attribute.key, attribute.value.string_value


@contextmanager
def _collector() -> Iterator[tuple[str, list[bytes]]]:
    """Takes what is posted to it, uncompressed."""
    received: list[bytes] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", received
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
