"""A victim's page, as her browser gets it: how much longer one takes that has thirty times as much to tell."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx2
import uvicorn
from bench.clean_database import clean_database
from bench.floors import Row
from bench.measuring import demand
from bench.stage import Bench
from chassis.consumer.events import ConsumedEvent
from support.deadline import until
from support.journey_facts import (
    AMIRA,
    BORIS,
    CASE,
    MONDAY,
    OTHER_CASE,
    Journey,
    a_journey,
    crime_reported,
    linked,
    trial,
    victim_identified,
)
from support.journey_site import SUBJECTS, Site, a_site
from support.sealed_facts import sealed

MANY, FEW = 300, 10
PAGES = 60
AT_MOST = 2


async def rows(bench: Bench) -> list[Row]:
    """Milliseconds of her page over those of one with few entries, in turns; its texts are sealed."""
    async with clean_database(bench.databases, "journey") as dsn, a_journey(dsn) as journey, a_site(journey) as site:
        await _told(journey, AMIRA, CASE, entries=MANY)
        await _told(journey, BORIS, OTHER_CASE, entries=FEW)
        await site.grant(AMIRA, BORIS)
        await journey.rows("ANALYZE")
        many, few = await _served(site, rounds=PAGES * bench.scale.repeats)
    what = f"{1000 * many:.1f} over {1000 * few:.1f} ms, medians of {PAGES * bench.scale.repeats}"
    return [Row(f"page, {MANY} entries / {FEW} entries", many / few, AT_MOST, what, at_most=True)]


async def _told(journey: Journey, victim: str, case: str, *, entries: int) -> None:
    """A crime, who was harmed by it, and a trial that moves again and again: history, that stands open on the page."""
    moves = [
        trial(journey, "changed", hearing=case, at=MONDAY + timedelta(hours=number), case=case, backfill=True)
        for number in range(entries - 2)
    ]
    events = [crime_reported(journey, case=case, backfill=True), *moves]
    named = victim_identified(journey, victim, name="Amira Example", case=case, backfill=True)
    await journey.apply(linked(journey, victim, case=case))
    await journey.apply(await sealed(journey, named, subject=f"victim/{victim}"))
    await journey.apply(*[await _of_the_case(journey, event, case) for event in events])


async def _of_the_case(journey: Journey, event: ConsumedEvent, case: str) -> ConsumedEvent:
    return await sealed(journey, event, subject=f"case/{case}")


@asynccontextmanager
async def _listening(site: Site) -> AsyncIterator[str]:
    """The site served over HTTP as in production, at the address that is given."""
    server = uvicorn.Server(uvicorn.Config(site.app, port=0, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())

    async def started() -> bool:
        return server.started

    await until(started, "the page is served")
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


async def _served(site: Site, *, rounds: int) -> tuple[float, float]:
    taken: dict[str, list[float]] = {AMIRA: [], BORIS: []}
    shown = {AMIRA: 20, BORIS: FEW}
    cookies = {victim: await _cookie(site, victim) for victim in taken}
    async with _listening(site) as address, httpx2.AsyncClient(base_url=address) as browser:
        for number in range(rounds + 1):
            for victim, cookie in cookies.items():
                started = time.perf_counter()
                answer = await browser.get("/", headers=cookie)
                if number:
                    taken[victim].append(time.perf_counter() - started)
                demand("entries on a page", found=answer.text.count('<li id="entry-'), expected=shown[victim])
    return statistics.median(taken[AMIRA]), statistics.median(taken[BORIS])


async def _cookie(site: Site, victim: str) -> dict[str, str]:
    session_id = await site.sessions.open(SUBJECTS[victim], roles=["victim"])
    return {"Cookie": f"journey-session={session_id}", "Sec-Fetch-Site": "same-origin"}
