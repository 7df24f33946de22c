"""More readers than a pool can serve: who is served is served soon, the others are told at once, leaders lead on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx2
import pytest
from chassis.crowd import Crowded, turned_away_when_crowded, waiting_in_line
from chassis.database import Pool, open_pool
from chassis.http.app import create_app
from chassis.http.readiness import database_answers
from chassis.leases import Lease
from fastapi import APIRouter
from support.deadline import until

pytestmark = pytest.mark.servers
READERS = 60
# One connection, half a second: two and a half may wait, which is three.
WAIT = 3


@pytest.fixture
async def pool(database: Callable[[str], str]) -> AsyncIterator[Pool]:
    async with open_pool(database("chassis"), size=1, taking_seconds=0.5) as opened:
        yield opened


@asynccontextmanager
async def taken(pool: Pool) -> AsyncIterator[None]:
    """Its one connection is in somebody's hands."""
    async with pool.acquire():
        yield


async def take(pool: Pool) -> None:
    async with pool.acquire():
        pass


async def test_nobody_waits_for_a_connection_for_ever(pool: Pool) -> None:
    """Guards the bound of each wait."""
    async with taken(pool):
        waiting = asyncio.create_task(take(pool))
        await asyncio.wait([waiting], timeout=5)
        assert waiting.done(), "it still waits"
        assert isinstance(waiting.exception(), TimeoutError)
    await take(pool)


async def test_a_request_is_turned_away_where_too_many_wait_and_the_processs_own_work_waits_in_line(pool: Pool) -> None:
    """Guards the length of the queue."""
    async with taken(pool):
        line = [asyncio.create_task(take(pool)) for _ in range(WAIT)]
        await asyncio.sleep(0)
        with turned_away_when_crowded():
            with pytest.raises(Crowded):
                await take(pool)
            with waiting_in_line():
                line.append(asyncio.create_task(take(pool)))
        line.append(asyncio.create_task(take(pool)))
        await asyncio.sleep(0)
    await asyncio.gather(*line)
    with turned_away_when_crowded():
        await take(pool)


async def test_readers_that_are_not_served_hear_so_at_once_while_the_leader_leads_and_the_process_is_ready(
    pool: Pool,
) -> None:
    """Guards the connections apart."""
    served = asyncio.Event()

    async def read() -> dict[str, str]:
        async with pool.acquire():
            await served.wait()
        return {}

    router = APIRouter()
    router.add_api_route("/read", read)
    app = create_app("crowded", routers=[router], readiness={"database": database_answers(pool)})
    lease = Lease(pool, "led", seconds=0.6)
    keeping = asyncio.create_task(lease.keep(await lease.acquire()))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="https://crowded.example.org") as http:
        reading = [asyncio.create_task(http.get("/read")) for _ in range(READERS)]

        async def refused() -> bool:
            return sum(one.done() for one in reading) == READERS - WAIT - 1

        await until(refused, "all but one reader and three who wait are turned away", seconds=5)
        assert await lease.try_acquire() is None
        assert (await http.get("/readyz")).status_code == 200
        assert not keeping.done()
        served.set()
        answers = await asyncio.gather(*reading)
    keeping.cancel()
    assert sorted({answer.status_code for answer in answers}) == [200, 503]
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers if answer.status_code == 503)


async def test_after_its_connections_were_ended_a_pool_serves_as_many_as_before(pool: Pool) -> None:
    """Nothing that is counted depends on what becomes of a connection."""
    for _ in range(3):
        with pytest.raises(Exception, match=r"terminat|closed|released"):
            async with pool.acquire() as connection:
                await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    async with taken(pool):
        line = [asyncio.create_task(take(pool)) for _ in range(WAIT)]
        await asyncio.sleep(0)
        with turned_away_when_crowded(), pytest.raises(Crowded):
            await take(pool)
    await asyncio.gather(*line)
