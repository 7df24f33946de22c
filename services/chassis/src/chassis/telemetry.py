"""Traces through OpenTelemetry; off, and nearly free, without an endpoint.

One span per request or batch, with links to what the batch carries: a span costs more than many of our events. Only
attributes on a short list leave the process: addresses, queries and bodies never become attributes.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Link, SpanContext, SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALLOWED_ATTRIBUTES = frozenset(
    {"http.request.method", "http.response.status_code", "http.route", "batch.size", "messaging.destination.name"}
)
MOST_LINKS = 32

_W3C = TraceContextTextMapPropagator()


@contextmanager
def telemetry(service: str, *, endpoint: str | None, share: float = 1.0) -> Iterator[None]:
    """Export spans to `endpoint` (OTLP over HTTP, its /v1/traces) while the process runs; None: trace nothing.

    `share` of the traces that begin here are kept; a trace begun elsewhere follows its beginner's choice.
    """
    if endpoint is None:
        yield
        return
    provider = tracer_provider(service, BatchSpanProcessor(AllowedOnly(OTLPSpanExporter(endpoint=endpoint))), share)
    trace.set_tracer_provider(provider)
    try:
        yield
    finally:
        provider.shutdown()


def tracer_provider(service: str, processor: SpanProcessor, share: float = 1.0) -> TracerProvider:
    """A provider that samples by the parent's choice and sends to `processor`."""
    provider = TracerProvider(
        resource=Resource({"service.name": service}), sampler=ParentBased(TraceIdRatioBased(share))
    )
    provider.add_span_processor(processor)
    return provider


def current_traceparent() -> str | None:
    """The W3C traceparent of the span in hand, to be carried by a log record or a header; None outside a span."""
    carrier: dict[str, str] = {}
    _W3C.inject(carrier)
    return carrier.get("traceparent")


@contextmanager
def batch_span(name: str, *, size: int, traceparents: Iterable[str | None] = ()) -> Iterator[None]:
    """One span for a batch, linked to at most MOST_LINKS of the traces that its members come from."""
    if not tracing():
        yield
        return
    origins = list(dict.fromkeys(parent for parent in traceparents if parent))[:MOST_LINKS]
    links = [Link(context) for context in map(_context_of, origins) if context.is_valid]
    tracer = trace.get_tracer("throughline")
    with tracer.start_as_current_span(name, links=links, record_exception=False, attributes={"batch.size": size}):
        yield


def tracing() -> bool:
    """Is there anyone to send spans to?"""
    return isinstance(trace.get_tracer_provider(), TracerProvider)


class RequestSpans:
    """One span per request, continuing the caller's trace, named by route template and never by address."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not tracing():
            await self._app(scope, receive, send)
            return
        await self._traced(scope, receive, send)

    async def _traced(self, scope: Scope, receive: Receive, send: Send) -> None:
        carrier = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        tracer = trace.get_tracer("throughline")
        method = scope["method"]
        with tracer.start_as_current_span(
            method, context=_W3C.extract(carrier), kind=SpanKind.SERVER, record_exception=False
        ) as span:

            async def noting(message: Message) -> None:
                if message["type"] == "http.response.start":
                    route = getattr(scope.get("route"), "path", "unmatched")
                    span.update_name(f"{method} {route}")
                    span.set_attributes(
                        {
                            "http.request.method": method,
                            "http.route": route,
                            "http.response.status_code": message["status"],
                        }
                    )
                await send(message)

            await self._app(scope, receive, noting)


class AllowedOnly(SpanExporter):
    """Hands spans on with the attributes of the list only, and without events or status words."""

    def __init__(self, inner: SpanExporter) -> None:
        self._inner = inner

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._inner.export([_redacted(span) for span in spans])

    def shutdown(self) -> None:
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._inner.force_flush(timeout_millis)


def _redacted(span: ReadableSpan) -> ReadableSpan:
    attributes = {name: value for name, value in (span.attributes or {}).items() if name in ALLOWED_ATTRIBUTES}
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=attributes,
        links=[Link(link.context) for link in span.links],
        kind=span.kind,
        instrumentation_scope=span.instrumentation_scope,
        status=trace.Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
    )


def _context_of(traceparent: str) -> SpanContext:
    return trace.get_current_span(_W3C.extract({"traceparent": traceparent})).get_span_context()
