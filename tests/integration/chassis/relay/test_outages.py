"""The relay while Kafka or its own process dies: nothing is lost, nothing is out of order."""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from chassis.database import Pool, open_pool
from chassis.kafka_connection import KafkaConnection
from chassis.log.appender import GroupCommit
from chassis.relay.broker import KafkaBroker
from chassis.relay.relay import Relay
from chassis.relay.session import Target
from sandbox.servers.kafka import KafkaServer
from support.deadline import until
from support.kafka_reading import Message, published
from support.log_events import alone, an_event, receipts

pytestmark = pytest.mark.servers

RELAY = """
import asyncio, sys
from chassis.relay.process import relay_log
from chassis.settings import RelaySettings
settings = RelaySettings(database_url=sys.argv[1], kafka_bootstrap=sys.argv[2])
asyncio.run(relay_log(settings, topic=sys.argv[3]))
"""


@pytest.fixture
def dsn(database: Callable[[str], str]) -> str:
    return database("chassis")


@pytest.fixture
async def pool(dsn: str) -> AsyncIterator[Pool]:
    async with open_pool(dsn, size=12) as opened:
        yield opened


async def test_kafka_killed_under_load_is_caught_up_with(pool: Pool, breakable_kafka: KafkaServer) -> None:
    relay = Relay(pool, Target(KafkaBroker(KafkaConnection(breakable_kafka.bootstrap)), "outage"), pause_seconds=0.1)
    task = asyncio.create_task(relay.run())
    try:
        async with GroupCommit(pool, 1) as door:
            await _append(door, 300)
            await _relayed(pool, 300)
            breakable_kafka.kill()
            await _append(door, 300)
            await breakable_kafka.start()
            await _append(door, 300)
        await _relayed(pool, 900)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert_complete(await published(breakable_kafka.bootstrap, "outage"), 900)


async def test_a_relay_killed_again_and_again_loses_nothing(pool: Pool, dsn: str, kafka_bootstrap: str) -> None:
    topic = "killed-" + dsn.rpartition("_")[2]
    async with GroupCommit(pool, 1) as door:
        for _ in range(3):
            async with _relay_process(dsn, kafka_bootstrap, topic) as process:
                before = await _position(pool)
                await _append(door, 400)

                async def moved(before: int = before) -> bool:
                    return await _position(pool) > before

                await until(moved, "the relay's checkpoint moves")
                process.kill()
                await process.wait()
            async with pool.acquire() as connection:
                await connection.execute("UPDATE lease SET expires_at = clock_timestamp()")
        async with _relay_process(dsn, kafka_bootstrap, topic):
            await _append(door, 100)
            await _relayed(pool, 1300)
    assert_complete(await published(kafka_bootstrap, topic), 1300)


def assert_complete(messages: list[Message], count: int) -> None:
    """Each event is there; a repeat has the number it had, and first appearances are contiguous."""
    assert len({message.headers.position for message in messages}) == count
    last: dict[int, int] = {}
    for message in messages:
        seen = last.get(message.partition, 0)
        assert message.headers.pseq <= seen + 1, "a sequence number was stepped over"
        last[message.partition] = max(seen, message.headers.pseq)
    assert sum(last.values()) == count


async def _append(door: GroupCommit, count: int) -> None:
    for results in await door.append_all([alone(an_event()) for _ in range(count)]):
        receipts(results)


async def _position(pool: Pool) -> int:
    async with pool.acquire() as connection:
        position: int | None = await connection.fetchval("SELECT position FROM relay_checkpoint")
    return position or 0


async def _relayed(pool: Pool, position: int) -> None:
    async def reached() -> bool:
        return await _position(pool) == position

    await until(reached, f"the relay's checkpoint reaches {position}", seconds=60)


@asynccontextmanager
async def _relay_process(dsn: str, bootstrap: str, topic: str) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", RELAY, dsn, bootstrap, topic)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            assert await asyncio.wait_for(process.wait(), timeout=20) == 0
