"""Many writers, one tail reader: nothing is stepped over."""

import asyncio
from collections.abc import Callable

import asyncpg
import pytest
from chassis.database import Pool, open_pool
from chassis.log.appender import append_within
from chassis.log.reader import read_after
from chassis.log.verify import verify_chain
from support.log_events import an_event

pytestmark = pytest.mark.servers

WRITERS, BATCHES, SIZE = 8, 12, 5


async def test_a_tail_reader_sees_every_position_while_eight_writers_race(database: Callable[[str], str]) -> None:
    """Guards the log-head lock: without it positions collide or appear late."""
    async with open_pool(database("chassis"), size=WRITERS + 2) as pool:
        total = WRITERS * BATCHES * SIZE
        reader = asyncio.create_task(_tail(pool, total))
        await asyncio.gather(*[_write(pool) for _ in range(WRITERS)])
        async with asyncio.timeout(20):
            assert await reader == total
        async with pool.acquire() as connection:
            records = await read_after(connection, 0, limit=total + 1)
            head = await connection.fetchrow("SELECT position, hash FROM log_head")
    assert verify_chain(records) == tuple(head)


async def test_positions_are_given_in_commit_order(database: Callable[[str], str]) -> None:
    """Guards the log-head lock: a later append waits for an earlier one that has not committed."""
    dsn = database("chassis")
    first, second = await asyncpg.connect(dsn), await asyncpg.connect(dsn)
    try:
        held = first.transaction()
        await held.start()
        await append_within(first, [an_event()], epoch=1)
        waiting = asyncio.create_task(_append_one(second))
        done, _ = await asyncio.wait([waiting], timeout=0.3)
        assert not done, "the second append did not wait for the first"
        await held.commit()
        async with asyncio.timeout(10):
            assert await waiting == 2
    finally:
        await first.close()
        await second.close()


async def _write(pool: Pool) -> None:
    for _ in range(BATCHES):
        async with pool.acquire() as connection, connection.transaction():
            await append_within(connection, [an_event() for _ in range(SIZE)], epoch=1)


async def _append_one(connection: asyncpg.Connection) -> int:
    async with connection.transaction():
        return (await append_within(connection, [an_event()], epoch=1))[0].position


async def _tail(pool: Pool, total: int) -> int:
    seen = 0
    async with pool.acquire() as connection:
        while seen < total:
            for record in await read_after(connection, seen, limit=100):
                assert record.position == seen + 1, "the reader stepped over a position"
                seen += 1
    return seen
