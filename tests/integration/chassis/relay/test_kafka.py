"""The relay against real PostgreSQL and Kafka."""

import asyncio

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from chassis.errors import Fenced
from chassis.log.partition import partition_of
from chassis.relay.checkpoint import Checkpoint, advance, claim
from chassis.relay.repair import KafkaAheadOfLog
from chassis.relay.topic import WrongPartitions
from support.log_events import an_event
from support.relay_bench import Bench, assert_contiguous, wipe

pytestmark = pytest.mark.servers


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


async def test_a_topic_with_other_partitions_stops_the_relay_which_says_how_many(bench: Bench) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bench.bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(bench.topic, 3, 1)])
    await admin.close()
    with pytest.raises(ExceptionGroup) as stopped:
        async with asyncio.timeout(10):
            await bench.relay().run()
    assert stopped.group_contains(WrongPartitions, match="has 3 partitions, and its log counts 4")
