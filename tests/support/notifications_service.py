"""A notifications service in this process, over a real database, with a provider, a vault and an issuer in memory."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from chassis.clock import SystemClock
from chassis.consumer.events import Arrival, ConsumedEvent, read
from chassis.database import Pool, open_pool
from chassis.foundation import Foundation
from chassis.leases import Lease
from chassis.log.reader import read_after
from chassis.log.records import LogRecord
from chassis.testing.issuer import FakeIssuer
from chassis.vault.composing import Draft
from chassis.vault.memory import MemoryVault
from contracts.catalogue import EVENT_TYPES, parse_data
from contracts.envelope import Envelope
from contracts.ids import VictimId
from contracts.notifications import ChannelKind
from fastapi import FastAPI
from notifications.delivery.providers.memory import MemoryProvider
from notifications.hearing.consumer import Ears
from notifications.main import Working, build_app, build_working
from notifications.settings import NotificationsSettings
from support.foundations import UNUSED, foundation_of
from support.notifications_world import AMIRA, HOME, news_of

SETTINGS = NotificationsSettings(
    **UNUSED,
    public_url="https://promises.example.org",
    journey_log_url="https://unused.example.org",
    witness_care_log_url="https://unused.example.org",
    home_page=HOME,
    smtp_host="127.0.0.1",
    smtp_sender="updates@example.org",
)
PROMISE: Mapping[str, Any] = {
    "channels": [
        {"kind": "email", "safe": "safe", "address": "amira@example.org"},
        {"kind": "phone", "safe": "not-safe"},
    ],
    "windows": [
        {
            "days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
            "starts": "00:00",
            "ends": "23:59",
        }
    ],
    "frequency_days": 28,
    "code_word": "heron",
}


def news_data(name: str, *, victim: VictimId = AMIRA) -> dict[str, Any]:
    """What journey says of an item of news."""
    item = news_of(name, victim=victim)
    return {
        "news_id": item.news_id,
        "event_id": name,
        "event_source": "urn:example:court",
        "event_type": "court.verdict-reached.v1",
        "case_id": item.case,
        "occurred_at": "2026-11-02T09:00:00Z",
        "recorded_at": "2026-11-02T09:00:00Z",
        "reach": "victim",
    }


@dataclass
class Service:
    """Hears events, lets time pass, carries messages, answers HTTP."""

    pool: Pool
    foundation: Foundation
    working: Working
    provider: MemoryProvider
    issuer: FakeIssuer
    vault: MemoryVault
    http: httpx2.AsyncClient
    app: FastAPI
    heard: int = field(default=0)

    async def hear(self, type_: str, data: Mapping[str, Any], *, victim: VictimId = AMIRA) -> None:
        """Apply one event as the consumer does, in a transaction of its own."""
        event = await self.event(type_, data, victim=victim)
        async with self.pool.acquire() as connection, connection.transaction():
            await Ears(self.working.ledgers).apply(connection, [event])

    async def event(self, type_: str, data: Mapping[str, Any], *, victim: VictimId = AMIRA) -> ConsumedEvent:
        """An event as it would come from Kafka."""
        self.heard += 1
        at = datetime(2026, 11, 2, tzinfo=UTC)
        envelope = Envelope(id=f"event-{self.heard}", source="urn:test", type=type_, time=at, victimid=victim)
        said = parse_data(type_, dict(data))
        draft = Draft.of(envelope, said, stream="s", key=victim, subject=f"victim/{victim}")
        (event,) = await self.foundation.composer.compose([draft])
        arrival = Arrival("journey.events", 0, self.heard, self.heard, victim, at, None, event.body)
        return read(arrival, known=EVENT_TYPES)

    async def hear_of(self, victim: VictimId) -> None:
        """An officer took this victim over: nothing to decide, and now there is such a victim."""
        person = {"officer": "officer-1", "officer_name": "Dana Marsh", "role": "police-officer"}
        await self.hear("witness-care.contact-assigned.v1", person, victim=victim)

    async def news(self, name: str = "verdict", *, victim: VictimId = AMIRA, **changes: object) -> str:
        """Hear of one item of news; returns its id."""
        data = news_data(name, victim=victim)
        await self.hear("journey.news-arrived.v1", {**data, **changes}, victim=victim)
        return str(data["news_id"])

    async def ring(self) -> None:
        """Fire whatever timers are due."""
        lease = Lease(self.pool, "timers", seconds=30)
        epoch = await lease.acquire()
        while await self.working.timers.fire_due(epoch):
            pass
        await lease.release(epoch)

    async def ring_and_carry(self) -> None:
        """Fire what is due and let the courier work it off."""
        await self.ring()
        await self.working.rounds.work_off()

    async def pass_time(self, forward: timedelta) -> None:
        await self.execute("SELECT advance_clock($1)", forward)

    async def end_leases(self) -> None:
        """As if the process that holds them had been gone for long enough."""
        await self.execute("UPDATE message SET lease_until = now() - interval '1 s' WHERE lease_until IS NOT NULL")

    async def execute(self, query: str, *args: object) -> None:
        async with self.pool.acquire() as connection:
            await connection.execute(query, *args)

    async def log(self) -> Sequence[LogRecord]:
        async with self.pool.acquire() as connection:
            return await read_after(connection, 0, limit=10_000)

    async def said(self, type_: str) -> list[dict[str, Any]]:
        """The data of what was published under this type."""
        return [json.loads(record.body)["data"] for record in await self.log() if record.type == type_]

    async def call(
        self, method: str, path: str, body: object = None, *, headers: Mapping[str, str] | None = None, **claims: Any
    ) -> httpx2.Response:
        return await self.http.request(
            method, path, json=body, headers={**self.issuer.headers(**claims), **(headers or {})}
        )

    async def agree(self, promise: Mapping[str, Any] = PROMISE, *, read: int | None = None) -> httpx2.Response:
        """The officer puts the promise in force."""
        headers = {"If-Match": f'"{read}"'} if read else {}
        path = f"/victims/{AMIRA}/contact-promise"
        return await self.call("PUT", path, dict(promise), headers=headers, roles=("officer",))


@asynccontextmanager
async def open_service(dsn: str, *, provider: MemoryProvider | None = None) -> AsyncIterator[Service]:
    """The service over the database at `dsn`, at noon, which has heard of Amira; open it twice for two processes."""
    clock, provider = SystemClock(), provider or MemoryProvider()
    vault, issuer = MemoryVault(clock=clock), FakeIssuer(clock=clock)
    async with open_pool(dsn) as pool, httpx2.AsyncClient() as outside:
        await _move_to_noon(pool)
        foundation = foundation_of(SETTINGS, pool=pool, outside=outside, clock=clock, issuer=issuer, vault=vault)
        working = build_working(foundation, providers=dict.fromkeys(ChannelKind, provider), home=HOME)
        app = build_app(foundation, working, progress={})
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="https://promises.example.org") as http:
            service = Service(pool, foundation, working, provider, issuer, vault, http, app)
            await service.hear_of(AMIRA)
            yield service


async def _move_to_noon(pool: Pool) -> None:
    """Tests should not depend on the hour at which they run."""
    async with pool.acquire() as connection:
        await connection.execute(_MOVE_TO_NOON)


_MOVE_TO_NOON = """
SELECT advance_clock(date_trunc('day', business_now()) + interval '36 hours' - business_now())
WHERE extract(hour FROM business_now()) <> 12
"""
