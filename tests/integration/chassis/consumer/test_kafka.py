"""The consumer on real Kafka: nothing committed to it, its offsets not believed, its losses repaired."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from aiokafka.structs import TopicPartition
from chassis.consumer import Consumer, Subscription
from chassis.consumer.kafka import SETTINGS, kafka_sources
from chassis.consumer.source import TopicMissing
from chassis.database import open_pool
from chassis.kafka_connection import KafkaConnection
from support.arrivals import arrivals
from support.consuming import FAST, NAME, Rig, make_effect_table
from support.topics import made_topic, send

pytestmark = pytest.mark.servers

GOOD_HEADERS: dict[str, bytes | None] = {"pos": b"4", "epoch": b"1", "pseq": b"1", "recorded_at": b"1764547200000000"}
STRAY_HEADERS: list[dict[str, bytes | None]] = [
    GOOD_HEADERS | {"pseq": b"one"},
    GOOD_HEADERS | {"pos": None},
    GOOD_HEADERS | {"recorded_at": b"9" * 30},
    GOOD_HEADERS | {"traceparent": b"\xff"},
]


@pytest.fixture
async def rig(database: Callable[[str], str], kafka_bootstrap: str) -> AsyncIterator[Rig]:
    async with open_pool(database("chassis")) as pool:
        await make_effect_table(pool)
        yield Rig(pool)


@pytest.fixture
async def topic(kafka_bootstrap: str) -> AsyncIterator[str]:
    async with made_topic(kafka_bootstrap, f"consumer-{secrets.token_hex(4)}") as name:
        yield name


async def start(rig: Rig, bootstrap: str, topic: str) -> asyncio.Task[None]:
    rig.owner.topic = None
    consumer = Consumer(
        NAME,
        pool=rig.pool,
        open_source=kafka_sources(KafkaConnection(bootstrap), client_id=NAME),
        owner_of=lambda _: rig.owner,
        subscriptions=[Subscription(topic, rig.handler, "http://127.0.0.1:1")],
        registry=type(rig.registry)(),
        pace=FAST,
        lease_seconds=1.0,
    )
    return asyncio.create_task(consumer.run())


async def end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_nothing_is_committed_to_kafka() -> None:
    """Guards K7: no auto-commit, no group that could rebalance, and an unknown offset is read from the start."""
    assert SETTINGS["enable_auto_commit"] is False
    assert SETTINGS["group_id"] is None
    assert SETTINGS["auto_offset_reset"] == "earliest"


async def test_all_partitions_are_consumed_once_over_a_restart(rig: Rig, kafka_bootstrap: str, topic: str) -> None:
    await send(kafka_bootstrap, topic, [one for p in range(4) for one in arrivals(300, partition=p)])
    task = await start(rig, kafka_bootstrap, topic)
    await rig.until_effects(1200)
    await end(task)
    await send(kafka_bootstrap, topic, [one for p in range(4) for one in arrivals(20, partition=p, first=296)])
    task = await start(rig, kafka_bootstrap, topic)
    effects = await rig.until_effects(1260)
    await end(task)
    assert len(effects) == len(set(effects)) == 1260


async def test_an_offset_that_kafka_no_longer_has_is_read_from_the_earliest(
    rig: Rig, kafka_bootstrap: str, topic: str
) -> None:
    """Records cut from the start of the log show as a hole, which the owner fills."""
    rig.owner.records = arrivals(10)
    await send(kafka_bootstrap, topic, arrivals(10))
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    await admin.start()
    await admin.delete_records({TopicPartition(topic, 0): RecordsToDelete(before_offset=6)})
    await admin.close()
    task = await start(rig, kafka_bootstrap, topic)
    effects = await rig.until_effects(10)
    await end(task)
    assert effects == [f"0-{n}" for n in range(1, 11)]


async def test_an_offset_beyond_kafkas_end_is_read_from_the_earliest(
    rig: Rig, kafka_bootstrap: str, topic: str
) -> None:
    await rig.execute(
        "INSERT INTO consumer_offset (consumer, topic, partition, pseq, position, kafka_offset, epoch)"
        " VALUES ($1, $2, 0, 2, 8, 5000, 0)",
        NAME,
        topic,
    )
    await send(kafka_bootstrap, topic, arrivals(5))
    task = await start(rig, kafka_bootstrap, topic)
    effects = await rig.until_effects(3)
    await end(task)
    assert effects == ["0-3", "0-4", "0-5"]


async def test_a_hole_on_kafka_is_refilled_while_reading_goes_on(rig: Rig, kafka_bootstrap: str, topic: str) -> None:
    """Guards the pseq check."""
    rig.owner.records = arrivals(9)
    task = await start(rig, kafka_bootstrap, topic)
    await send(kafka_bootstrap, topic, [one for one in arrivals(9) if one.pseq not in {4, 5, 9}])
    effects = await rig.until_effects(9)
    await end(task)
    assert effects == [f"0-{n}" for n in range(1, 10)]


async def test_a_record_that_no_relay_sent_is_left_alone(rig: Rig, kafka_bootstrap: str, topic: str) -> None:
    """Guards the process: whatever stands in a record, reading it may not end the consumer."""
    async with AIOKafkaProducer(bootstrap_servers=kafka_bootstrap) as producer:
        await producer.send_and_wait(topic, b"{}", key=b"a", partition=0)
        for headers in STRAY_HEADERS:
            await producer.send_and_wait(topic, b"{}", key=b"a", partition=0, headers=[*headers.items()])
        for key in (b"\xff", b"a\0"):
            await producer.send_and_wait(topic, b"{}", key=key, partition=0, headers=[*GOOD_HEADERS.items()])
    await send(kafka_bootstrap, topic, arrivals(2))
    task = await start(rig, kafka_bootstrap, topic)
    assert await rig.until_effects(2) == ["0-1", "0-2"]
    await end(task)


async def test_a_record_without_a_body_is_parked_as_unreadable(rig: Rig, kafka_bootstrap: str, topic: str) -> None:
    async with AIOKafkaProducer(bootstrap_servers=kafka_bootstrap) as producer:
        await producer.send_and_wait(topic, None, key=b"z", partition=0, headers=[*GOOD_HEADERS.items()])
    await send(kafka_bootstrap, topic, arrivals(1, first=2))
    task = await start(rig, kafka_bootstrap, topic)
    assert await rig.until_effects(1) == ["0-2"]
    assert await rig.parked() == [1]
    await end(task)


async def test_a_topic_that_is_not_there_yet_is_waited_for(kafka_bootstrap: str) -> None:
    with pytest.raises(TopicMissing):
        async with kafka_sources(KafkaConnection(kafka_bootstrap), client_id=NAME)("consumer-not-there"):
            raise AssertionError
