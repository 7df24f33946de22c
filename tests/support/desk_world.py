"""Witness care's desk on a real database: what it hears, what is due, and events to hear."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from chassis.consumer.events import Arrival, read
from chassis.database import Pool, open_pool
from chassis.security.sessions import PostgresSessions
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from chassis.vault.composing import Draft, EventComposer
from chassis.vault.memory import MemoryVault
from contracts.catalogue import parse_data
from contracts.envelope import Envelope
from contracts.ids import VictimId
from fastapi import FastAPI
from support.foundations import UNUSED, foundation_of
from witness_care.due.desk_tables import KNOWN, DeskWriter
from witness_care.elsewhere.memory_peers import MemoryPeers
from witness_care.main import build_app
from witness_care.settings import WitnessCareSettings

AMIRA = VictimId("0193aaaa-0000-7000-8000-000000000001")
BEN = VictimId("0193aaaa-0000-7000-8000-000000000002")
CASE = "0193bbbb-0000-7000-8000-000000000001"
NEWS, DUTY, CONTACT = (f"0193cccc-0000-7000-8000-00000000000{n}" for n in (1, 2, 3))
OTHER_DUTY = "0193cccc-0000-7000-8000-000000000004"
MADE, WHEN = "0193dddd-0000-7000-8000-000000000001", datetime(2026, 3, 2, 9, tzinfo=UTC)
SETTINGS = WitnessCareSettings(
    **UNUSED,
    public_url="https://desk.example.org",
    intake_url="https://unused.example.org",
    journey_url="https://unused.example.org",
    notifications_url="https://unused.example.org",
)
PERSON = {"name": "Robin Example", "role": "witness-care-officer", "phone": "020 7946 0000"}


class World:
    """A desk being served, and the others who tell it things."""

    def __init__(
        self, pool: Pool, app: FastAPI, issuer: FakeIssuer, composer: EventComposer, peers: MemoryPeers
    ) -> None:
        self.pool, self.app, self.issuer, self.composer, self.peers = pool, app, issuer, composer, peers
        self.http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="https://desk")
        self.sessions = PostgresSessions(pool, clock=FakeClock())
        self._told = 0

    async def hear(self, type_: str, data: dict[str, Any], *, victim: VictimId | None = AMIRA, **more: Any) -> str:
        """Apply one event of another service, sealed as it would come; its id."""
        arrival = await self.arrival(type_, data, victim=victim, **more)
        event = read(arrival, known=KNOWN)
        async with self.pool.acquire() as connection, connection.transaction():
            await DeskWriter().apply(connection, [event])
        return event.header.id

    async def arrival(self, type_: str, data: dict[str, Any], *, victim: VictimId | None, **more: Any) -> Arrival:
        """One event of another service, sealed as it would come."""
        self._told += 1
        envelope = Envelope(id=f"event-{self._told}", source="urn:test", type=type_, time=WHEN, victimid=victim, **more)
        draft = Draft.of(envelope, parse_data(type_, data), stream="s", key=victim or CASE, subject=_subject(victim))
        (event,) = await self.composer.compose([draft])
        return Arrival("topic", 0, self._told, self._told, AMIRA, WHEN, None, event.body)

    async def call(self, method: str, path: str, body: object = None, *, officer: str = "officer-1") -> httpx2.Response:
        headers = self.issuer.headers(subject=officer, roles=("officer",))
        return await self.http.request(method, path, json=body, headers=headers)

    async def sent(
        self, path: str, form: Mapping[str, str | Sequence[str]], *, officer: str, site: str = "same-origin"
    ) -> httpx2.Response:
        """Send a form of the page, as a browser in which this officer is signed in does."""
        headers = await self._signed_in(officer) | {"Sec-Fetch-Site": site}
        return await self.http.post(path, data=form, headers=headers)

    async def page(self, *, officer: str) -> httpx2.Response:
        """The desk in that browser."""
        return await self.http.get("/", headers=await self._signed_in(officer))

    @staticmethod
    def browser(session: str) -> dict[str, str]:
        """What a browser sends with this session, from one of our pages."""
        cookie = f"__Host-witness-care-session={session}"
        return {"Cookie": cookie, "Accept": "text/html", "Sec-Fetch-Site": "same-origin"}

    async def _signed_in(self, officer: str) -> dict[str, str]:
        session = await self.sessions.open(officer, roles=("officer",))
        return {"Cookie": f"__Host-witness-care-session={session}", "Accept": "text/html"}

    async def due(self, *, officer: str = "officer-1") -> dict[str, Any]:
        answer = await self.call("GET", "/due", officer=officer)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


def _subject(victim: VictimId | None) -> str:
    return f"case/{CASE}" if victim is None else f"victim/{victim}"


@asynccontextmanager
async def open_world(dsn: str) -> AsyncIterator[World]:
    clock, issuer, vault = FakeClock(), FakeIssuer(), MemoryVault(clock=FakeClock())
    async with open_pool(dsn) as pool, httpx2.AsyncClient() as outward:
        foundation = foundation_of(SETTINGS, pool=pool, outside=outward, clock=clock, issuer=issuer, vault=vault)
        async with pool.acquire() as connection:
            await connection.execute("UPDATE log_head SET epoch = 1")
        peers = MemoryPeers()
        app = build_app(foundation, progress={}, settings=SETTINGS, peers=peers)
        world = World(pool, app, issuer, foundation.composer, peers)
        async with world.http:
            yield world


async def a_named_victim_with_a_contact_due(world: World) -> None:
    victim = {"issuer": "north-force", "number": "V-1"}
    crime = {"scheme": "crime-reference", "issuer": "north-force", "value": "NF/1/26"}
    await world.hear("police.victim-identified.v1", {"references": [crime], "victim": victim, "name": "Amira Example"})
    await world.hear("journey.duty-opened.v1", a_duty())
    await world.hear("notifications.officer-contact-due.v1", a_contact_due())


def a_duty() -> dict[str, Any]:
    at = WHEN.isoformat()
    later = (WHEN + timedelta(days=1)).isoformat()
    return {
        "duty_key": DUTY,
        "duty_id": "R9-OUTCOME",
        "news_id": NEWS,
        "case_id": CASE,
        "owner": "witness-care",
        "opened_at": at,
        "due_at": later,
        "reminder_at": later,
        "code_edition": "2020",
    }


def some_news(news_id: str, event_type: str) -> dict[str, Any]:
    event = {"event_id": "event-9", "event_source": "urn:test", "event_type": event_type, "case_id": CASE}
    at = {"occurred_at": WHEN.isoformat(), "recorded_at": WHEN.isoformat()}
    return {"news_id": news_id, **event, **at, "reach": "victim"}


def a_contact_due() -> dict[str, Any]:
    return {
        "contact_id": CONTACT,
        "reason": "no-safe-channel",
        "news_ids": [NEWS],
        "duty_keys": [DUTY],
        "due_by": WHEN.isoformat(),
    }
