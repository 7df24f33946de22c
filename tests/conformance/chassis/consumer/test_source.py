"""One suite for a topic in memory and on Kafka, as a consumer reads it."""

import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from chassis.consumer.events import Arrival
from chassis.consumer.kafka import kafka_sources
from chassis.consumer.memory_topic import MemoryTopic
from chassis.consumer.source import TopicSource
from chassis.kafka_connection import KafkaConnection
from support.arrivals import arrivals
from support.topics import made_topic, send

Send = Callable[[Iterable[Arrival]], Awaitable[None]]
DEADLINE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the port: how to send to the topic, and the topic as a consumer has it."""

    send: Send
    source: TopicSource


@pytest.fixture(params=["memory", pytest.param("kafka", marks=pytest.mark.servers)])
def bootstrap(request: pytest.FixtureRequest) -> str | None:
    if request.param == "memory":
        return None
    address: str = request.getfixturevalue("kafka_bootstrap")
    return address


@pytest.fixture
async def side(bootstrap: str | None) -> AsyncIterator[Side]:
    async with AsyncExitStack() as stack:
        if bootstrap is None:
            topic = MemoryTopic("topic")

            async def send_in_memory(records: Iterable[Arrival]) -> None:
                topic.send(records)

            yield Side(send_in_memory, await stack.enter_async_context(topic.opener()("topic")))
            return
        address = bootstrap
        name = await stack.enter_async_context(made_topic(address, f"source-{secrets.token_hex(4)}"))

        async def send_to_kafka(records: Iterable[Arrival]) -> None:
            await send(address, name, records)

        sources = kafka_sources(KafkaConnection(address), client_id="t")
        yield Side(send_to_kafka, await stack.enter_async_context(sources(name)))


async def read(source: TopicSource, *, count: int) -> list[Arrival]:
    found: list[Arrival] = []
    deadline = time.monotonic() + DEADLINE_SECONDS
    while len(found) < count:
        assert time.monotonic() < deadline, f"only {len(found)} of {count} records came"
        for records in (await source.fetch(seconds=0.2)).values():
            found += records
    return found


def begin(source: TopicSource) -> None:
    for partition in source.partitions:
        source.go_to(partition, 0)


async def test_each_partition_comes_in_order_with_where_to_go_on(side: Side) -> None:
    await side.send([*arrivals(3), *arrivals(2, partition=2)])
    begin(side.source)
    found = await read(side.source, count=5)
    first = [one for one in found if one.partition == 0]
    assert [(one.pseq, one.position, one.next_offset) for one in first] == [(1, 4, 1), (2, 8, 2), (3, 12, 3)]
    assert {one.partition for one in found} == {0, 2}
    assert (found[0].key, found[0].recorded_at) == (arrivals(1)[0].key, arrivals(1)[0].recorded_at)


async def test_it_reads_on_from_where_it_is_told(side: Side) -> None:
    await side.send(arrivals(5))
    begin(side.source)
    await read(side.source, count=5)
    side.source.go_to(0, 3)
    assert [one.pseq for one in await read(side.source, count=2)] == [4, 5]


async def test_an_offset_that_is_not_there_is_read_from_the_earliest(side: Side) -> None:
    await side.send(arrivals(2))
    begin(side.source)
    side.source.go_to(0, 900)
    assert [one.pseq for one in await read(side.source, count=2)] == [1, 2]


async def test_a_stopped_partition_waits_while_others_flow(side: Side) -> None:
    begin(side.source)
    side.source.stop(0)
    await side.send([*arrivals(2), *arrivals(2, partition=1)])
    assert {one.partition for one in await read(side.source, count=2)} == {1}
    assert await side.source.fetch(seconds=0.2) == {}
    side.source.resume(0)
    assert [one.partition for one in await read(side.source, count=2)] == [0, 0]


async def test_ends_and_positions_say_how_far_behind_it_is(side: Side) -> None:
    await side.send(arrivals(4))
    begin(side.source)
    assert (await side.source.ends())[0] == 4
    await read(side.source, count=4)
    assert await side.source.position(0) == 4
    assert await side.source.position(1) == 0
