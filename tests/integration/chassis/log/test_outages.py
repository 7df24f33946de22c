"""The log while PostgreSQL dies: what was acknowledged is there, and nothing waits for ever."""

import asyncio

import pytest
from chassis.database import open_pool
from chassis.errors import TransientFailure
from chassis.log.appender import GroupCommit
from chassis.log.queue import Limits
from chassis.log.reader import read_after
from chassis.log.records import Receipt
from chassis.log.verify import verify_chain
from chassis.migrations import migrate_chassis
from sandbox.servers.postgres import PostgresServer
from support.deadline import until
from support.log_events import alone, an_event, receipts

pytestmark = pytest.mark.servers


async def test_postgres_killed_under_load_keeps_every_acknowledged_event(breakable_postgres: PostgresServer) -> None:
    dsn = breakable_postgres.dsn()
    await migrate_chassis(dsn, sandbox_clock=True)
    acknowledged: set[str] = set()
    async with open_pool(dsn) as pool, GroupCommit(pool, 1, limits=Limits(seconds=2)) as door:
        stop = asyncio.Event()
        publishers = [asyncio.create_task(_publish(door, acknowledged, stop)) for _ in range(20)]
        await until(lambda: _more_than(200, acknowledged), "200 events are acknowledged")
        breakable_postgres.kill()
        with pytest.raises(TransientFailure):
            async with asyncio.timeout(10):
                await door.append(alone(an_event()))
        await breakable_postgres.start()
        await until(lambda: _accepts(door), "the log takes events again")
        stop.set()
        await asyncio.gather(*publishers)
        async with pool.acquire() as reading:
            records = await read_after(reading, 0, limit=100_000)
    assert acknowledged <= {record.id for record in records}
    assert verify_chain(records)[0] == len(records)


async def _publish(door: GroupCommit, acknowledged: set[str], stop: asyncio.Event) -> None:
    while not stop.is_set():
        event = an_event()
        try:
            results = await door.append(alone(event))
        except TransientFailure:
            await asyncio.sleep(0.05)
            continue
        assert isinstance(results[0], Receipt)
        acknowledged.add(event.id)


async def _more_than(count: int, acknowledged: set[str]) -> bool:
    return len(acknowledged) > count


async def _accepts(door: GroupCommit) -> bool:
    try:
        receipts(await door.append(alone(an_event())))
    except TransientFailure:
        return False
    return True
