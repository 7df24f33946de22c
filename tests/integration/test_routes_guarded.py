"""Every address asks for a token or a session, or stands on the short public list."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import httpx2
import pytest
from chassis.clock import SystemClock
from chassis.database import open_pool
from chassis.http.app import PUBLIC_PATHS
from chassis.http.metrics import process_registry
from chassis.key_ring import KeyRing
from chassis.testing.issuer import FakeIssuer
from chassis.vault.memory import MemoryVault
from chassis.vault.opening import Opener
from fastapi import FastAPI
from fastapi.routing import APIRoute
from intake.main import Parts as IntakeParts
from intake.main import open_intake
from intake.publishing.registry import ClientRegistry
from journey.main import Parts as JourneyParts
from journey.main import journey_app
from journey.timeline.doorbell_store import Changes
from notifications.main import build_app as notifications_app
from notifications.main import build_working
from support.desk_world import SETTINGS as DESK
from support.foundations import foundation_of
from support.notifications_service import SETTINGS as NOTIFICATIONS
from witness_care.elsewhere.memory_peers import MemoryPeers
from witness_care.main import build_app as witness_care_app

SIGN_IN = {"GET /signin", "GET /signin/callback", "GET /signin/session", "POST /signin/ended", "GET /signed-out"}
STYLES = {"GET /static/desk.css", "GET /static/{name}"}
REFERENCE = {
    "GET /asyncapi.json",
    "GET /schemas/{event_type}",
    "GET /reference",
    "GET /reference/events",
    "GET /reference/{name}",
}
PUBLIC = {
    *(f"GET {path}" for path in PUBLIC_PATHS),
    *SIGN_IN,
    *STYLES,
    *REFERENCE,
    "POST /reports",
    "GET /exit",
    "POST /exit",
}
ASKED_TO_SIGN_IN = {401, 303}
ONLY_FROM_OUR_PAGES = {"POST /signout"}


@pytest.fixture
async def apps(database: Callable[[str], str]) -> AsyncIterator[dict[str, FastAPI]]:
    clock, issuer = SystemClock(), FakeIssuer(clock=SystemClock())
    vault = MemoryVault(clock=clock)
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(open_pool(database("intake")))
        outside = await stack.enter_async_context(httpx2.AsyncClient())
        foundation = foundation_of(NOTIFICATIONS, pool=pool, outside=outside, clock=clock, issuer=issuer, vault=vault)
        registry = ClientRegistry.from_toml("[clients]")
        intake = IntakeParts(
            pool=pool,
            vault=vault,
            bearer=issuer.bearer(),
            clock=clock,
            registry=registry,
            digest_keys=KeyRing.alone(bytes(32)),
        )
        opened, _ = await stack.enter_async_context(open_intake(intake))
        journey = JourneyParts(
            pool=pool,
            opener=Opener(vault),
            bearer=issuer.bearer(),
            signin=foundation.signin("journey"),
            changes=Changes(),
            registry=process_registry(),
            readiness={},
        )
        working = build_working(foundation, providers={}, home="https://example.org")
        yield {
            "intake": opened,
            "journey": journey_app(journey),
            "notifications": notifications_app(foundation, working, progress={}),
            "witness-care": witness_care_app(
                foundation_of(NOTIFICATIONS, pool=pool, outside=outside, clock=clock, issuer=issuer, vault=vault),
                progress={},
                settings=DESK,
                peers=MemoryPeers(),
            ),
        }


def routes(app: Any) -> Iterator[tuple[str, str]]:
    for route in app.routes:
        if isinstance(route, APIRoute):
            for method in sorted(route.methods or ()):
                yield method, route.path
        elif hasattr(route, "original_router"):
            yield from routes(route.original_router)


async def test_every_route_is_guarded_or_on_the_public_list(apps: dict[str, FastAPI]) -> None:
    open_routes = []
    for name, app in apps.items():
        found = list(routes(app))
        assert found, f"{name} has no routes to look at"
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="https://test") as http:
            for method, path in found:
                if f"{method} {path}" in PUBLIC | ONLY_FROM_OUR_PAGES:
                    continue
                answer = await http.request(method, path.replace("{", "").replace("}", ""), json={})
                if answer.status_code not in ASKED_TO_SIGN_IN:
                    open_routes.append(f"{name}: {method} {path} answered {answer.status_code}")
    assert not open_routes, f"guard these, or put them on the public list with a reason: {open_routes}"
