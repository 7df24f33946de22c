"""The interface of each service as a stranger meets it: over a real database, by a token of each role.

A fuzzer asks from threads of its own, so each service answers in the loop that its database connections belong to.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, Final

from anyio.from_thread import start_blocking_portal
from chassis.testing.issuer import FakeIssuer
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send
from support import desk_world, journey_facts, notifications_world
from support.desk_world import a_named_victim_with_a_contact_due, open_world
from support.intake_door import crime_reported, open_door, victim_identified
from support.journey_facts import a_journey
from support.journey_site import a_site
from support.notifications_service import open_service

DatabaseFactory = Callable[[str], str]

ROLES: Final[Mapping[str, Mapping[str, Any] | None]] = {
    "anonymous": None,
    "publisher": {"client_id": "west-yorkshire", "scope": "events:publish"},
    "agency system": {"client_id": "court", "scope": "hearings:write domain-events:write news:seen"},
    "officer": {"subject": "officer-1", "roles": ("officer",)},
    "victim": {"subject": "amira-signs-in", "roles": ("victim",)},
    "auditor": {"subject": "auditor-1", "roles": ("auditor",), "scope": "log:read"},
}
"""The claims of each role's token; anonymous has none."""
ASKED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "intake": ("anonymous", "publisher", "agency system", "officer", "auditor"),
    "journey": ("anonymous", "victim", "officer", "auditor"),
    "notifications": ("anonymous", "agency system", "victim", "officer", "auditor"),
    "witness-care": ("anonymous", "victim", "officer", "auditor"),
}
"""Who comes to which service."""


@dataclass(frozen=True)
class Served:
    """One service: its application, whom it believes, and a victim, event or document it knows, by parameter."""

    app: FastAPI
    issuer: FakeIssuer
    known: Mapping[str, str]


@dataclass(frozen=True)
class Bridge:
    """A service that answers in the loop `home`, whatever loop asks."""

    name: str
    service: Served
    home: asyncio.AbstractEventLoop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError("the application has no lifespan of its own")
        there = asyncio.get_running_loop()
        answering = self.service.app(scope, _back_to(there, receive), _back_to(there, send))
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(answering, self.home))

    def headers(self, role: str) -> dict[str, str]:
        """What a request of this role carries."""
        claims = ROLES[role]
        return {} if claims is None else self.service.issuer.headers(**claims)


@contextmanager
def served(name: str, database: DatabaseFactory) -> Iterator[Bridge]:
    """The service, told of one victim, in a thread of its own."""
    with start_blocking_portal() as portal:
        home = portal.call(_running_loop)
        with portal.wrap_async_context_manager(SERVICES[name](database)) as service:
            yield Bridge(name, service, home)


async def _running_loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


def _back_to(loop: asyncio.AbstractEventLoop, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def asked(*args: Any) -> Any:
        return await call(*args)

    async def crossed(*args: Any) -> Any:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(asked(*args), loop))

    return crossed


@asynccontextmanager
async def _intake(database: DatabaseFactory) -> AsyncIterator[Served]:
    async with open_door(database("intake")) as door:
        await door.send(crime_reported())
        await door.send(victim_identified())
        yield Served(door.app, door.issuer, {"event_id": "crime-1"})


@asynccontextmanager
async def _journey(database: DatabaseFactory) -> AsyncIterator[Served]:
    async with a_journey(database("journey")) as journey, a_site(journey) as site:
        amira = journey_facts.AMIRA
        await site.grant(amira)
        await journey.intake(journey_facts.linked(journey, amira), journey_facts.crime_reported(journey))
        yield Served(site.app, site.issuer, {"victim_id": amira})


@asynccontextmanager
async def _notifications(database: DatabaseFactory) -> AsyncIterator[Served]:
    async with open_service(database("notifications")) as service:
        await service.news()
        await service.agree()
        yield Served(service.app, service.issuer, {"victim_id": notifications_world.AMIRA})


@asynccontextmanager
async def _witness_care(database: DatabaseFactory) -> AsyncIterator[Served]:
    async with open_world(database("witness_care")) as world:
        await a_named_victim_with_a_contact_due(world)
        yield Served(world.app, world.issuer, {"victim_id": desk_world.AMIRA})


SERVICES: Final[Mapping[str, Callable[[DatabaseFactory], AbstractAsyncContextManager[Served]]]] = {
    "intake": _intake,
    "journey": _journey,
    "notifications": _notifications,
    "witness-care": _witness_care,
}
