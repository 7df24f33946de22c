"""Spans leave with nothing personal, one a request or batch, and only where somebody listens."""

from collections.abc import Iterator, Sequence

import httpx2
import pytest
from chassis.http.app import create_app
from chassis.telemetry import (
    ALLOWED_ATTRIBUTES,
    MOST_LINKS,
    AllowedOnly,
    batch_span,
    current_traceparent,
    telemetry,
    tracer_provider,
    tracing,
)
from fastapi import APIRouter
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.util._once import Once

TRACE = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE}-b7ad6b7169203331-01"


class Collector(SpanExporter):
    def __init__(self) -> None:
        self.spans: list[ReadableSpan] = []

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.spans += spans
        return SpanExportResult.SUCCESS


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ReadableSpan]]:
    collector = Collector()
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", None)
    monkeypatch.setattr(trace, "_TRACER_PROVIDER_SET_ONCE", Once())
    provider = tracer_provider("test", SimpleSpanProcessor(AllowedOnly(collector)))
    trace.set_tracer_provider(provider)
    yield collector.spans
    provider.shutdown()


def _client(seen: list[str | None]) -> httpx2.AsyncClient:
    router = APIRouter()

    @router.get("/victims/{victim_id}")
    async def victim(victim_id: str) -> str:
        seen.append(current_traceparent())
        trace.get_current_span().set_attribute("url.query", "name=Amira")
        return victim_id

    app = create_app("test", routers=[router], readiness={})
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test")


async def test_a_request_is_one_span_named_by_its_route(collected: list[ReadableSpan]) -> None:
    seen: list[str | None] = []
    async with _client(seen) as client:
        await client.get("/victims/0192?name=Amira", headers={"traceparent": TRACEPARENT})
    assert [span.name for span in collected] == ["GET /victims/{victim_id}"]
    attributes = collected[0].attributes or {}
    assert set(attributes) <= ALLOWED_ATTRIBUTES
    assert "0192" not in str(attributes)
    assert "Amira" not in collected[0].to_json()
    assert seen[0] is not None
    assert seen[0].split("-")[1] == TRACE


async def test_a_batch_is_one_span_with_links_to_where_its_members_come_from(collected: list[ReadableSpan]) -> None:
    origins = [TRACEPARENT, None, "nonsense", *(f"00-{n:032x}-b7ad6b7169203331-01" for n in range(1, 100))]
    with batch_span("project", size=102, traceparents=origins):
        assert current_traceparent() is not None
    (span,) = collected
    assert (span.attributes or {})["batch.size"] == 102
    assert 1 < len(span.links) <= MOST_LINKS


def test_a_failure_leaves_no_words_in_a_span(collected: list[ReadableSpan]) -> None:
    with pytest.raises(ValueError, match="Amira"), batch_span("project", size=1):
        raise ValueError("Amira Example")
    assert "Amira" not in collected[0].to_json()


async def test_without_an_endpoint_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", None)
    monkeypatch.setattr(trace, "_TRACER_PROVIDER_SET_ONCE", Once())
    seen: list[str | None] = []
    with telemetry("test", endpoint=None):
        async with _client(seen) as client:
            assert (await client.get("/victims/x")).status_code == 200
        with batch_span("project", size=1):
            assert current_traceparent() is None
        assert not tracing()
    assert seen == [None]
