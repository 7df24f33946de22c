"""Journey's HTTP side over a test database, with somebody signed in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx2
from chassis.http.metrics import process_registry
from chassis.http.readiness import Readiness, database_answers
from chassis.security.sessions import MemorySessions
from chassis.security.signin import SignIn
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from chassis.vault.opening import Opener
from fastapi import FastAPI
from journey.main import Parts, journey_app
from journey.timeline.doorbell_store import Changes
from starlette.types import Message
from support.journey_facts import AMIRA, BORIS, MONDAY, Journey
from support.signin_site import client_of

SITE = "http://127.0.0.1:8000"
EXIT = "http://127.0.0.1:9/weather"
ENDED = "[ended]"
SUBJECTS = {AMIRA: "amira-signs-in", BORIS: "boris-signs-in"}


@dataclass(frozen=True)
class Site:
    """The application, its issuer and its sessions."""

    app: FastAPI
    issuer: FakeIssuer
    sessions: MemorySessions
    journey: Journey
    changes: Changes

    def client(self, **headers: str) -> httpx2.AsyncClient:
        """A client of the application in this process."""
        transport = httpx2.ASGITransport(self.app)
        return httpx2.AsyncClient(transport=transport, base_url=SITE, headers=headers)

    async def signed_in(self, victim: str) -> httpx2.AsyncClient:
        """A browser in which `victim` is signed in."""
        session_id = await self.sessions.open(SUBJECTS[victim], roles=["victim"])
        client = self.client(**{"Sec-Fetch-Site": "same-origin"})
        client.cookies.set("journey-session", session_id)
        return client

    def bearing(self, subject: str, *roles: str, **claims: str) -> httpx2.AsyncClient:
        """A client with an access token."""
        return self.client(**self.issuer.headers(subject=subject, roles=roles, **claims))

    @asynccontextmanager
    async def listening(self, session_id: str) -> AsyncIterator[asyncio.Queue[str]]:
        """What `/live` streams to this session, and ENDED once nothing more comes."""
        lines, ended = asyncio.Queue[str](), asyncio.Event()

        async def receive() -> Message:
            await ended.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if body := message.get("body"):
                lines.put_nowait(body.decode())
            if message["type"] == "http.response.body" and not message.get("more_body"):
                lines.put_nowait(ENDED)

        cookie = (b"cookie", f"journey-session={session_id}".encode())
        scope = {"type": "http", "method": "GET", "path": "/live", "query_string": b"", "headers": [cookie]}
        stream = asyncio.ensure_future(self.app(scope, receive, send))
        try:
            yield lines
        finally:
            ended.set()
            stream.cancel()
            await asyncio.wait([stream])

    async def grant(self, *victims: str, subject: str | None = None) -> None:
        """Witness care granted each of these their own sign-in; or, a day later, the sign-in `subject` all of them."""
        at = MONDAY + timedelta(days=1 if subject else 0)
        for victim in victims:
            said = {"subject": subject or SUBJECTS[victim], "granted_by": "officer-1"}
            await self.journey.apply(
                self.journey.event("witness-care.access-granted", said, case=None, victim=victim, at=at)
            )


@asynccontextmanager
async def a_site(journey: Journey, *, progress: Readiness | None = None) -> AsyncIterator[Site]:
    """Journey's site over the journey's database and vault."""
    clock = FakeClock()
    issuer, sessions = FakeIssuer(clock=clock), MemorySessions(clock=clock)
    changes = Changes()
    async with httpx2.AsyncClient(transport=issuer.transport()) as http:
        oidc = client_of(issuer, http=http, clock=clock, at=SITE)
        parts = Parts(
            pool=journey.pool,
            opener=Opener(journey.vault),
            bearer=issuer.bearer(),
            signin=SignIn(oidc, sessions, public_url=SITE, name="journey", exit_url=EXIT),
            changes=changes,
            registry=process_registry(),
            readiness={"database": database_answers(journey.pool)},
            progress=progress or {},
            https=False,
        )
        clock.advance(timedelta(seconds=1))
        yield Site(journey_app(parts), issuer, sessions, journey, changes)
