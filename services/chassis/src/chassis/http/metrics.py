"""Prometheus numbers: one counter and one histogram per route, never per address, so no id becomes a label."""

import time
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


def process_registry() -> CollectorRegistry:
    """A registry with this process's own numbers (memory, descriptors, collector runs)."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    return registry


def metrics_router(registry: CollectorRegistry, *, look: Callable[[], Awaitable[object]]) -> APIRouter:
    """`/metrics` in Prometheus' text format; `look` brings up to date what is only known when somebody asks."""
    router = APIRouter(include_in_schema=False)

    @router.get("/metrics")
    async def metrics() -> Response:
        await look()
        return Response(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return router


class RequestNumbers:
    """Counts answers and times them by method, route template and status."""

    def __init__(self, app: ASGIApp, *, registry: CollectorRegistry) -> None:
        self._app = app
        self._answers = Counter("http_answers", "Answers sent", ["method", "route", "status"], registry=registry)
        self._seconds = Histogram(
            "http_seconds", "Seconds to the first byte", ["method", "route"], buckets=_SECONDS, registry=registry
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                method, route = scope["method"], route_template(scope)
                self._answers.labels(method, route, message["status"]).inc()
                self._seconds.labels(method, route).observe(time.perf_counter() - started)
            await send(message)

        await self._app(scope, receive, counting)


def route_template(scope: Scope) -> str:
    """The template that matched (`/victims/{id}`), never the address itself, which may hold an id."""
    return getattr(scope.get("route"), "path", "unmatched")
