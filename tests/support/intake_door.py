"""Intake in this process, over a real database, with an issuer and a vault in memory."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx2
from chassis.clock import SystemClock
from chassis.database import Pool, open_pool
from chassis.key_ring import KeyRing
from chassis.testing.issuer import FakeIssuer
from chassis.vault.memory import MemoryVault
from fastapi import FastAPI
from intake.main import Parts, open_intake
from intake.publishing.registry import ClientRegistry

FORCE, OTHER_FORCE, CPS, COURT, SUPPORT, ISSUER = (
    "urn:police:west-yorkshire",
    "urn:police:south-yorkshire",
    "urn:cps",
    "urn:court",
    "urn:support:one",
    "west-yorkshire",
)
REGISTRY = f"""
[clients.west-yorkshire]
sources = ["{FORCE}"]
publishers = ["police"]
[clients.south-yorkshire]
sources = ["{OTHER_FORCE}"]
publishers = ["police"]
[clients.cps]
sources = ["{CPS}"]
publishers = ["cps"]
[clients.court]
sources = ["{COURT}"]
publishers = ["court"]
[clients.support]
sources = ["{SUPPORT}"]
publishers = ["support"]
"""
CLIENT_OF = {
    FORCE: "west-yorkshire",
    OTHER_FORCE: "south-yorkshire",
    CPS: "cps",
    COURT: "court",
    SUPPORT: "support",
}


KEYS = KeyRing.alone(bytes(32))


@dataclass
class Door:
    """Sends to intake as one of the registered clients, and looks into its log."""

    http: httpx2.AsyncClient
    issuer: FakeIssuer
    pool: Pool
    vault: MemoryVault
    app: FastAPI
    sent: int = field(default=0)

    def headers(self, client: str, *, scope: str = "events:publish", roles: tuple[str, ...] = ()) -> dict[str, str]:
        return self.issuer.headers(client_id=client, scope=scope, roles=roles, subject=f"subject-of-{client}")

    async def send(self, event: Mapping[str, Any], *, client: str | None = None) -> httpx2.Response:
        return await self.http.post(
            "/events",
            content=json.dumps(event),
            headers={
                **self.headers(client or CLIENT_OF[event["source"]]),
                "content-type": "application/cloudevents+json",
            },
        )

    async def send_batch(self, events: Sequence[Mapping[str, Any]], *, client: str) -> httpx2.Response:
        return await self.http.post(
            "/events",
            content=json.dumps(events),
            headers={**self.headers(client), "content-type": "application/cloudevents-batch+json"},
        )

    async def officer(self, path: str, content: Mapping[str, Any] | None = None) -> httpx2.Response:
        headers = self.headers("officer-app", scope="", roles=("officer",))
        return await self.http.post(path, json=content or {}, headers=headers)

    async def set_time(self, moment: datetime) -> None:
        """Business time starts here, so that dates in a test's messages are near or far on every day it runs."""
        async with self.pool.acquire() as connection:
            await connection.execute("UPDATE business_clock SET ahead = $1::timestamptz - clock_timestamp()", moment)

    async def log(self, type_: str | None = None) -> list[dict[str, Any]]:
        """What is recorded, as it goes to Kafka; one type, or all public events."""
        async with self.pool.acquire() as connection:
            rows = await connection.fetch("SELECT body FROM log WHERE key IS NOT NULL ORDER BY position")
        bodies = [json.loads(row["body"]) for row in rows]
        return [body for body in bodies if type_ is None or body["type"] == type_]

    async def count(self, table: str) -> int:
        async with self.pool.acquire() as connection:
            found: int = await connection.fetchval(f"SELECT count(*) FROM {table}")
        return found


@asynccontextmanager
async def open_door(dsn: str, *, digest_keys: KeyRing = KEYS) -> AsyncIterator[Door]:
    """Intake over the database at `dsn`."""
    clock = SystemClock()
    issuer = FakeIssuer(clock=clock)
    vault = MemoryVault(clock=clock)
    async with open_pool(dsn, size=6) as pool:
        parts = Parts(
            pool=pool,
            vault=vault,
            bearer=issuer.bearer(),
            clock=clock,
            registry=ClientRegistry.from_toml(REGISTRY),
            digest_keys=digest_keys,
        )
        async with open_intake(parts) as (app, _):
            transport = httpx2.ASGITransport(app=app)
            async with httpx2.AsyncClient(transport=transport, base_url="http://intake") as http:
                yield Door(http, issuer, pool, vault, app)


def crime_reported(number: int = 1, *, source: str = FORCE, **changes: Any) -> dict[str, Any]:
    """A burglary of an invented victim, recorded by a force."""
    data = {
        "references": [{"scheme": "crime-reference", "issuer": ISSUER, "value": f"13/{number:06d}/26"}],
        "offence": "Burglary, dwelling",
        "channel": "online",
    }
    return event(f"crime-{number}", "police.crime-reported.v1", data, source=source, **changes)


def victim_identified(number: int = 1, *, victim: str = "V-1", source: str = FORCE, **changes: Any) -> dict[str, Any]:
    data = {
        "references": [{"scheme": "crime-reference", "issuer": ISSUER, "value": f"13/{number:06d}/26"}],
        "victim": {"issuer": ISSUER, "number": victim},
        "name": "Amira Example",
        "safe_contact_warning": "Do not ring the house",
    }
    return event(f"identified-{number}-{victim}", "police.victim-identified.v1", data, source=source, **changes)


def event(
    id_: str,
    type_: str,
    data: Mapping[str, Any],
    *,
    source: str,
    more: Mapping[str, Any] | None = None,
    **envelope: Any,
) -> dict[str, Any]:
    """A CloudEvent; `more` is laid over the data."""
    return {
        "specversion": "1.0",
        "id": id_,
        "source": source,
        "type": type_,
        "time": "2026-11-20T10:00:00Z",
        "datacontenttype": "application/json",
        "data": {**data, **(more or {})},
        **envelope,
    }


async def accepted(door: Door, sent: Mapping[str, Any]) -> dict[str, Any]:
    answer = await door.send(sent)
    assert answer.status_code == 200, answer.text
    receipt: dict[str, Any] = answer.json()["results"][0]["receipt"]
    return receipt
