"""What health and numbers say of a partition that stands: broken, refilling, or with work that fails."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from chassis.consumer import Consumer
from chassis.consumer.health import PartitionHealth
from chassis.consumer.source import TopicSource
from chassis.database import open_pool
from chassis.http.readiness import NotReady
from support.arrivals import TOPIC, arrival, arrivals
from support.consuming import NAME, Rig, make_effect_table, until

pytestmark = pytest.mark.servers


@pytest.fixture
async def rig(database: Callable[[str], str]) -> AsyncIterator[Rig]:
    async with open_pool(database("chassis")) as pool:
        await make_effect_table(pool)
        yield Rig(pool)


async def standing(consumer: Consumer, *, lag: int) -> PartitionHealth:
    found: list[PartitionHealth] = []

    async def stands() -> bool:
        found[:] = [one for one in consumer.health().partitions if one.partition == 0]
        return bool(found) and found[0].lag == lag and found[0].idle_seconds > 0.3

    await until(stands, what=f"partition 0 standing with a lag of {lag}")
    return found[0]


def idle(rig: Rig) -> float:
    labels = {"consumer": NAME, "topic": TOPIC, "partition": "0"}
    return rig.registry.get_sample_value("consumer_idle_seconds", labels) or 0.0


async def test_a_partition_that_waits_for_a_refill_says_how_much_it_lacks_and_since_when(rig: Rig) -> None:
    rig.owner.away = True
    rig.topic.send([arrival(1), *arrivals(3, first=5)])
    async with rig.consuming() as consumer:
        assert (await standing(consumer, lag=3 + 3)).refilling
        assert idle(rig) > 0.3
        rig.topic.send([arrival(8)])
        await standing(consumer, lag=3 + 4)


async def test_a_partition_that_has_stopped_for_a_person_grows_older_with_what_comes(rig: Rig) -> None:
    rig.topic.send(arrivals(2))
    async with rig.consuming() as consumer:
        await rig.until_effects(2)
    await rig.execute("UPDATE consumer_offset SET position = 1000 WHERE partition = 0")
    rig.topic.send([arrival(3)])
    async with rig.consuming() as consumer:
        assert (await standing(consumer, lag=1)).broken
        rig.topic.send(arrivals(2, first=4))
        await standing(consumer, lag=3)
        assert consumer.health().longest_idle > 0.3


async def test_work_that_fails_counts_as_waiting_and_its_trouble_stays_said(rig: Rig) -> None:
    """Guards the word: the broker's answer says nothing of our own work."""
    rig.handler.away = 1_000
    rig.topic.send(arrivals(4))
    async with rig.consuming() as consumer:
        await standing(consumer, lag=4)
        assert consumer.health().troubles


async def test_a_consumer_that_has_read_nothing_yet_does_not_come_on(rig: Rig) -> None:
    """Guards what a start waits for: a topic that its owner's relay has not made, or a broker that takes its time."""
    may_open = asyncio.Event()
    opens = rig.topic.opener()

    @asynccontextmanager
    async def late(topic: str) -> AsyncIterator[TopicSource]:
        await may_open.wait()
        async with opens(topic) as source:
            yield source

    consumer = rig.consumer(open_source=late)
    running = asyncio.create_task(consumer.run())

    async def leads() -> bool:
        return consumer.health().leading

    async def comes_on() -> bool:
        with suppress(NotReady):
            return "0 behind" in await consumer.ready()
        return False

    try:
        await until(leads, what="the consumer leading")
        with pytest.raises(NotReady, match="has not begun to read"):
            await consumer.ready()
        may_open.set()
        await until(comes_on, what="the consumer coming on")
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
