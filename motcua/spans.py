"""What a turn spends its time on, in OpenTelemetry's form, where MOTCUA_OTLP_ENDPOINT names a collector. Never what was said.

A message is answered, and its replies are delivered, by different workers, perhaps of different gateways; they are in one
trace because its id comes from the message's own. Between processes the context travels as W3C's `traceparent`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from opentelemetry import propagate, trace
from opentelemetry.context import Context, attach
from opentelemetry.trace import (
    INVALID_SPAN,
    NonRecordingSpan,
    NoOpTracer,
    Span,
    SpanContext,
    Status,
    StatusCode,
    TraceFlags,
    Tracer,
)

from motcua.logs import conversation_digest

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_NS_PER_MS = 1_000_000
_tracer: Tracer = NoOpTracer()
_provider: "TracerProvider | None" = None


def set_up_spans(process: str, endpoint: str) -> None:
    """Sends this process's spans to the endpoint (OTLP over HTTP) in batches; without one, spans are not even made.

    The provider stays ours: frameworks that find a global one make spans too, and theirs name paths, which hold ids.
    """
    global _tracer, _provider
    if not endpoint:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    _provider = TracerProvider(resource=Resource({"service.name": f"motcua-{process}"}))
    _provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint)))
    _tracer = _provider.get_tracer("motcua")


def end_spans() -> None:
    """Sends what is left, for a process that ends by a signal as uvicorn's does, without what was registered for its end."""
    if _provider:
        _provider.shutdown()


@contextmanager
def span(name: str, context: Context | None = None, since: int | None = None, **attributes: str | int) -> Iterator[Span]:
    """A span around what is done inside; `since`, ms since 1970, is when it began if not now.

    An exception marks it with its class. Its message, which may hold what somebody typed, is not recorded.
    """
    with _tracer.start_as_current_span(
        name,
        context,
        attributes=attributes,
        start_time=None if since is None else since * _NS_PER_MS,
        record_exception=False,
        set_status_on_exception=False,
    ) as current:
        try:
            yield current
        except Exception as error:
            current.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


def message_span(
    name: str, conversation: str, message: int, since: int | None = None, **attributes: str | int
) -> AbstractContextManager[Span]:
    """A span in the trace of a message, by the conversation and the id it has in the inbox; none without a collector."""
    if _provider is None:
        return nullcontext(INVALID_SPAN)  # else the trace made up here would be carried on, recorded by nobody
    key = hashlib.sha256(f"{conversation}/{message}".encode()).digest()
    of_message = SpanContext(int.from_bytes(key[:16]), int.from_bytes(key[16:24]), is_remote=True, trace_flags=TraceFlags(1))
    context = trace.set_span_in_context(NonRecordingSpan(of_message), Context())
    return span(name, context, since, conversation=conversation_digest(conversation), **attributes)


def carried() -> dict[str, str]:
    """The headers that take the current span to the next process; none where no span is recorded."""
    headers: dict[str, str] = {}
    propagate.inject(headers)
    return headers


def go_on(headers: Mapping[str, str]) -> None:
    """Spans made from now on in this task belong to the span that these headers carry."""
    attach(propagate.extract(headers, Context()))
