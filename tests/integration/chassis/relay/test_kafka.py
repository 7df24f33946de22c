"""The relay against real PostgreSQL and Kafka."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from chassis.database import Pool, open_pool
from chassis.errors import Fenced
from chassis.log.appender import append_within
from chassis.log.partition import partition_of
from chassis.log.records import NewEvent
from chassis.relay.checkpoint import Checkpoint, advance, claim
from chassis.relay.relay import Relay
from chassis.relay.repair import KafkaAheadOfLog
from chassis.relay.session import Target
from chassis.relay.topic import WrongPartitions
from support.deadline import until
from support.kafka_reading import Message, published
from support.log_events import an_event

pytestmark = pytest.mark.servers


class Bench:
    """A database with a log, and a topic of its own."""

    def __init__(self, pool: Pool, bootstrap: str, topic: str) -> None:
        self.pool, self.bootstrap, self.topic = pool, bootstrap, topic

    async def append(self, *events: NewEvent) -> None:
        async with self.pool.acquire() as connection, connection.transaction():
            await append_within(connection, events, epoch=1)

    def relay(self) -> Relay:
        return Relay(self.pool, Target(self.bootstrap, self.topic), lease_seconds=1.0, pause_seconds=0.1)

    async def published(self) -> list[Message]:
        return await published(self.bootstrap, self.topic)

    async def checkpoint(self) -> int:
        async with self.pool.acquire() as connection:
            position: int | None = await connection.fetchval("SELECT position FROM relay_checkpoint")
        return position or 0

    async def relayed(self, position: int) -> None:
        async def reached() -> bool:
            return await self.checkpoint() == position

        await until(reached, f"the relay's checkpoint reaches {position}")

    @asynccontextmanager
    async def relaying(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.relay().run())
        try:
            yield
            assert not task.done(), f"the relay ended: {task.exception()!r}"
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def dsn(database: Callable[[str], str]) -> str:
    return database("chassis")


@pytest.fixture
async def bench(dsn: str, kafka_bootstrap: str) -> AsyncIterator[Bench]:
    async with open_pool(dsn, size=12) as pool:
        yield Bench(pool, kafka_bootstrap, "relay-" + dsn.rpartition("_")[2])


def numbers_of(messages: list[Message]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for message in messages:
        found.setdefault(message.partition, []).append(message.headers.pseq)
    return found


def assert_contiguous(messages: list[Message]) -> None:
    for partition, numbers in numbers_of(messages).items():
        assert numbers == list(range(1, len(numbers) + 1)), f"partition {partition}"


async def test_everything_with_a_key_is_published_in_order_with_its_place(bench: Bench) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    events = [an_event(key=None) if number % 5 == 0 else an_event(traceparent=trace) for number in range(300)]
    await bench.append(*events)
    async with bench.relaying():
        await bench.relayed(300)
    messages = await bench.published()
    assert_contiguous(messages)
    by_position = {message.headers.position: message for message in messages}
    for position, event in enumerate(events, 1):
        if event.key is None:
            assert position not in by_position
            continue
        message = by_position.pop(position)
        assert (message.key, message.body) == (event.key, event.body)
        assert message.partition == partition_of(event.key, 4)
        assert message.headers.traceparent == trace
    assert not by_position


async def test_what_is_appended_while_it_runs_follows(bench: Bench) -> None:
    async with bench.relaying():
        for position in range(1, 6):
            await bench.append(an_event())
            await bench.relayed(position)
    assert_contiguous(await bench.published())


async def test_a_second_relay_takes_over_and_goes_on_from_the_checkpoint(bench: Bench) -> None:
    await bench.append(*[an_event() for _ in range(50)])
    async with bench.relaying():
        await bench.relayed(50)
    await bench.append(*[an_event() for _ in range(50)])
    async with bench.relaying():
        await bench.relayed(100)
    messages = await bench.published()
    assert_contiguous(messages)
    assert len(messages) == 100
    assert {message.headers.epoch for message in messages} == {1, 2}


async def test_a_relay_killed_before_its_checkpoint_repeats_the_same_numbers(bench: Bench) -> None:
    await bench.append(*[an_event() for _ in range(40)])
    async with bench.relaying():
        await bench.relayed(40)
    async with bench.pool.acquire() as connection:
        await connection.execute("UPDATE relay_checkpoint SET position = 0, pseqs = '{0,0,0,0}'")
    async with bench.relaying():
        await bench.relayed(40)
    messages = await bench.published()
    numbers: dict[tuple[int, int], set[int]] = {}
    for message in messages:
        numbers.setdefault((message.partition, message.headers.pseq), set()).add(message.headers.position)
    assert len(messages) == 80
    assert len(numbers) == 40
    assert all(len(positions) == 1 for positions in numbers.values())


async def test_what_kafka_lost_is_sent_again(bench: Bench) -> None:
    """Guards the comparison of Kafka's tail with the checkpoint."""
    await bench.append(*[an_event() for _ in range(60)])
    async with bench.relaying():
        await bench.relayed(60)
    await wipe(bench)
    await bench.append(an_event())
    async with bench.relaying():
        await bench.relayed(61)
    messages = await bench.published()
    assert_contiguous(messages)
    assert len(messages) == 61


async def test_a_checkpoint_taken_over_refuses_the_older_epoch(bench: Bench) -> None:
    """Guards the epoch predicate of the relay's checkpoint."""
    async with bench.pool.acquire() as connection:
        await claim(connection, bench.topic, epoch=1)
        await claim(connection, bench.topic, epoch=2)
        with pytest.raises(Fenced):
            await advance(connection, bench.topic, Checkpoint(9, (9, 0, 0, 0)), epoch=1)
        with pytest.raises(Fenced):
            await claim(connection, bench.topic, epoch=1)
        assert (await claim(connection, bench.topic, epoch=2)).position == 0


async def test_a_relay_that_was_paused_past_its_lease_exits(bench: Bench) -> None:
    """Guards the epoch predicate of the relay's checkpoint, end to end."""
    await bench.append(an_event())
    task = asyncio.create_task(bench.relay().run())
    await bench.relayed(1)
    async with bench.pool.acquire() as connection:
        await connection.execute("UPDATE lease SET epoch = epoch + 1")
        await claim(connection, bench.topic, epoch=2)
    await bench.append(an_event())
    with pytest.raises(Fenced):
        async with asyncio.timeout(10):
            await task


async def test_a_log_older_than_kafka_stops_the_relay(bench: Bench) -> None:
    await bench.append(an_event(key="case-1"))
    async with bench.relaying():
        await bench.relayed(1)
    async with bench.pool.acquire() as connection:
        await connection.execute("UPDATE log_head SET pseqs = '{0,0,0,0}'")
    with pytest.raises(ExceptionGroup) as stopped:
        async with asyncio.timeout(10):
            await bench.relay().run()
    assert stopped.group_contains(KafkaAheadOfLog)


async def test_a_topic_with_other_partitions_stops_the_relay(bench: Bench) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bench.bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(bench.topic, 3, 1)])
    await admin.close()
    with pytest.raises(ExceptionGroup) as stopped:
        async with asyncio.timeout(10):
            await bench.relay().run()
    assert stopped.group_contains(WrongPartitions)


async def wipe(bench: Bench) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bench.bootstrap)
    await admin.start()
    try:
        await admin.delete_topics([bench.topic])

        async def gone() -> bool:
            return bench.topic not in await admin.list_topics()

        await until(gone, "Kafka forgets the deleted topic")
    finally:
        await admin.close()
