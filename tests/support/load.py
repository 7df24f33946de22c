"""Agencies that publish batches into a running system and never give up on one: what is acknowledged is noted."""

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import httpx2
import msgspec
from sandbox.scenario.agencies import crime, crime_reported, referral, victim_identified
from sandbox.world import World
from support.deadline import until

BATCH = "application/cloudevents-batch+json"
INTAKE = "throughline-intake"
BATCH_SIZE, PUBLISHERS = 20, 3
HAPPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)
Event = dict[str, object]


@dataclass(frozen=True)
class Kept:
    """What a receipt promised."""

    position: int
    hash: bytes


@dataclass
class Agencies:
    """The clients that publish; `acknowledged` holds every receipt by event id."""

    world: World
    acknowledged: dict[str, Kept] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(20_000))

    async def report_crimes(self, batches: int) -> None:
        """So many batches of crimes without a victim, by a few publishers at once; returns when all are on disk."""
        waiting = iter(range(batches))

        async def publish() -> None:
            for _ in waiting:
                await self.publish("police", self._crimes())

        await asyncio.gather(*(publish() for _ in range(PUBLISHERS)))

    async def publish(self, publisher: str, events: Sequence[Event]) -> None:
        """One batch, sent again until all of it is acknowledged; receipts of a repeat must be the first ones."""
        await until(partial(self._accepted, publisher, events), "a batch is accepted", seconds=120)

    async def send(self, publisher: str, events: Sequence[Event]) -> httpx2.Response:
        """One request, whatever comes of it."""
        token = await self.world.as_system(f"sandbox-{publisher}", audience=INTAKE)
        return await self.world.http.post(
            f"{self.world.addresses.intake}/events",
            content=msgspec.json.encode(events),
            headers=token | {"Content-Type": BATCH},
        )

    def next_number(self) -> int:
        """For names that no other event has."""
        return next(self._numbers)

    async def _accepted(self, publisher: str, events: Sequence[Event]) -> bool:
        try:
            answer = await self.send(publisher, events)
        except httpx2.TransportError:
            return False
        assert answer.status_code in (200, 207, 503), answer.text
        results = answer.json()["results"] if answer.status_code != 503 else []
        for receipt in (result["receipt"] for result in results if result["status"] == 200):
            kept = Kept(receipt["position"], bytes.fromhex(receipt["hash"]))
            assert self.acknowledged.setdefault(receipt["id"], kept) == kept, "a repeat got another place in the log"
        assert all(result["status"] in (200, 503) for result in results), results
        return answer.status_code == 200

    def _crimes(self) -> list[Event]:
        numbers = [self.next_number() for _ in range(BATCH_SIZE)]
        return [reported(number) for number in numbers]


def reported(number: int) -> Event:
    """A crime of its own."""
    return event(
        "police", "crime-reported", f"load-crime-{number}", crime_reported(_reference(number), offence="Theft")
    )


def identified(number: int) -> Event:
    """The victim of that crime, with the force's number `V-<number>`."""
    data = victim_identified(_reference(number), number=f"V-{number}", name="Robin Example")
    return event("police", "victim-identified", f"load-victim-{number}", data)


def accepted(number: int, *, turn: int) -> Event:
    """News for that victim: a service will help."""
    data = referral(_reference(number), number=f"V-{number}", referral_id=f"R-{number}-{turn}")
    return event("support", "referral-accepted", f"load-news-{number}-{turn}", data)


def event(publisher: str, fact: str, id_: str, data: object) -> Event:
    return {
        "specversion": "1.0",
        "id": id_,
        "source": f"https://{publisher}.example.org",
        "type": f"{publisher}.{fact}.v1",
        "time": HAPPENED.isoformat(),
        "datacontenttype": "application/json",
        "data": data,
    }


def _reference(number: int) -> str:
    value = f"45/{number}/26"
    assert crime(value)["value"] == value
    return value
