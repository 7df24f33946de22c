"""Sightings on their way to notifications: many at once, each reported, while no transaction is open."""

import asyncio

import httpx2
from chassis.outward import OutwardClient
from chassis.timers import Timer, set_timers
from chassis.timers.calling import AT_ONCE
from journey.tellings.providers.notifications import HttpNotifications
from journey.tellings.sightings import REPORT_SEEN, SightingReports
from support.journey_facts import AMIRA, MONDAY, Journey
from support.timing import PostgresTiming

MANY = 300


class Tokens:
    """Always the same."""

    async def token(self) -> str:
        return "a token"


async def test_many_sightings_are_each_reported_however_long_one_call_takes(journey: Journey) -> None:
    """Guards what is called outside: in a transaction the server ends it after 15 s, and the same begins again."""
    heard: list[str] = []
    waiting, at_once = 0, asyncio.Event()

    async def slowly(request: httpx2.Request) -> httpx2.Response:
        """No answer before so many calls wait for theirs."""
        nonlocal waiting
        waiting += 1
        if waiting == AT_ONCE:
            at_once.set()
        await at_once.wait()
        heard.append(request.content.decode())
        return httpx2.Response(204)

    async with OutwardClient(transport=httpx2.MockTransport(slowly)) as http:
        reports = SightingReports(HttpNotifications(http, "https://notifications.example.org", Tokens()))
        timing = PostgresTiming(journey.pool, {REPORT_SEEN: reports})
        now = await timing.now()
        payload = {"victim_id": AMIRA, "seen_at": MONDAY.isoformat()}
        async with journey.pool.acquire() as connection:
            await set_timers(connection, [Timer(REPORT_SEEN, f"news-{n}", now, payload) for n in range(MANY)])
        await timing.fire_due()
    assert len(set(heard)) == len(heard) == MANY
    assert not await journey.rows("SELECT 1 FROM timer")
