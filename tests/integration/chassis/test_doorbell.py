"""A doorbell whose connection is half open is noticed, and another is hung up in its place."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from chassis.database import AWAY, Pool, open_pool
from chassis.doorbell import listening
from journey.facts.freshness_store import DOORBELL
from journey.timeline.doorbell_store import Changes
from support.deadline import until
from support.wire import Wire, wire_to

pytestmark = pytest.mark.servers


@pytest.fixture
def dsn(database: Callable[[str], str]) -> str:
    return database("chassis")


@pytest.fixture
async def wire(dsn: str) -> AsyncIterator[Wire]:
    async with wire_to(dsn) as opened:
        yield opened


@pytest.fixture
async def direct(dsn: str) -> AsyncIterator[Pool]:
    async with open_pool(dsn) as pool:
        yield pool


async def ring(direct: Pool) -> None:
    async with direct.acquire() as connection:
        await connection.execute(f"SELECT pg_notify('{DOORBELL}', '')")


async def test_a_ring_wakes_whoever_listens_and_a_poll_tells_that_none_came(direct: Pool) -> None:
    async with listening(direct, DOORBELL) as doorbell:
        assert not await doorbell.rung(within=0.01)
        await ring(direct)
        assert await doorbell.rung(within=10)


async def test_a_connection_that_answers_no_more_is_noticed_by_the_next_beat(wire: Wire) -> None:
    """Guards the heartbeat."""

    async def wait_for_ever() -> None:
        async with open_pool(wire.dsn) as pool, listening(pool, DOORBELL, beat=0.1) as doorbell:
            await wire.cut()
            while True:
                await doorbell.rung(within=0.05)

    waiting = asyncio.create_task(wait_for_ever())
    await asyncio.wait([waiting], timeout=8)
    assert waiting.done(), "nobody noticed"
    assert isinstance(waiting.exception(), AWAY)


async def test_live_pages_hear_again_after_their_connection_went_dead(wire: Wire, direct: Pool) -> None:
    changes = Changes()
    bell = changes.bell()

    async def rings() -> bool:
        return bell.is_set()

    async with open_pool(wire.dsn) as pool:
        hearing = asyncio.create_task(changes.listen(pool, beat=0.1))
        try:
            await until(rings, "it listens")
            await wire.cut()
            bell.clear()
            await until(rings, "readers look for what they missed")
            bell.clear()
            await ring(direct)
            await until(rings, "the new connection hears")
        finally:
            hearing.cancel()
            await asyncio.wait([hearing], timeout=2)
