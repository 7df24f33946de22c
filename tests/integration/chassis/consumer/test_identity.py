"""A sequence number is no identity: after a restore it is given again, and that is seen, said and can be mended."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable

import pytest
from chassis.consumer import Consumer, parked_keys
from chassis.consumer.events import Arrival
from chassis.consumer.going_on import NotStopped, go_on
from chassis.consumer.settlement import Settlement
from chassis.database import open_pool
from msgspec import structs
from support.arrivals import TOPIC, arrival, arrivals, body
from support.consuming import NAME, Rig, make_effect_table, until

pytestmark = pytest.mark.servers


@pytest.fixture
def dsn(database: Callable[[str], str]) -> str:
    return database("chassis")


@pytest.fixture
async def rig(dsn: str) -> AsyncIterator[Rig]:
    async with open_pool(dsn) as pool:
        await make_effect_table(pool)
        yield Rig(pool)


def given_again(pseq: int) -> Arrival:
    """Another event under a number of partition 0."""
    return structs.replace(arrival(pseq), body=body(f"again-{pseq}"))


def restore(rig: Rig, records: list[Arrival]) -> None:
    """The owner's log is restored from a backup and goes on; its topic was made anew from it."""
    rig.owner.topic = None
    rig.owner.records = [*records, *arrivals(4, partition=1)]
    rig.topic.wipe()
    rig.topic.send(records)


async def until_stopped(consumer: Consumer) -> str:
    async def stopped() -> bool:
        return any(one.broken for one in consumer.health().partitions)

    await until(stopped, what="a partition that has stopped for a person")
    (one,) = [one for one in consumer.health().partitions if one.broken]
    assert one.partition == 0
    assert one.broken is not None
    return one.broken


async def test_a_log_that_ends_before_what_was_consumed_stops_its_partition_and_no_other(rig: Rig) -> None:
    """Guards against new events taken for repeats."""
    rig.topic.send([*arrivals(5), *arrivals(3, partition=1)])
    async with rig.consuming() as consumer:
        await rig.until_effects(8)
        restore(rig, [*arrivals(2), given_again(3)])
        assert "the owner's log ends at pseq 3, and 5 are consumed" in await until_stopped(consumer)
        assert (await rig.until_effects(9))[-1] == "1-4"


async def test_another_event_under_the_marks_number_is_seen_on_the_topic(rig: Rig) -> None:
    rig.topic.send(arrivals(3))
    async with rig.consuming():
        await rig.until_effects(3)
    restore(rig, [*arrivals(2), given_again(3), given_again(4)])
    rig.owner.away = True
    await rig.execute("UPDATE consumer_offset SET kafka_offset = 0")
    async with rig.consuming() as consumer:
        assert "pseq 3 is another event" in await until_stopped(consumer)
    assert await rig.effects() == ["0-1", "0-2", "0-3"]


async def test_another_event_under_the_marks_number_is_seen_by_asking_the_owner(rig: Rig) -> None:
    """Guards the question at the start, for a consumer that slept through it."""
    rig.topic.send(arrivals(3))
    async with rig.consuming():
        await rig.until_effects(3)
    rig.owner.topic = None
    rig.owner.records = [*arrivals(2), given_again(3), given_again(4)]
    async with rig.consuming() as consumer:
        assert "pseq 3 is another event" in await until_stopped(consumer)


async def test_a_partition_stays_stopped_over_a_restart_and_goes_on_when_a_person_says_where(
    rig: Rig, dsn: str
) -> None:
    rig.topic.send(arrivals(4))
    async with rig.consuming() as consumer:
        await rig.until_effects(4)
        restore(rig, [*arrivals(2), given_again(3)])
        await until_stopped(consumer)
    restore(rig, [*arrivals(2), *map(given_again, range(3, 8))])
    async with rig.consuming() as consumer:
        await until_stopped(consumer)
        mine = [one for one in await rig.effects() if not one.startswith("1-")]
        assert len(mine) == 4
        await go_on(dsn, consumer=NAME, topic=TOPIC, partition=0, after_pseq=2, kafka_offset=0)
        effects = [one for one in await rig.until_effects(13) if one.startswith("again")]
        assert effects == [f"again-{n}" for n in range(3, 8)]
        assert not any(one.broken for one in consumer.health().partitions)


async def test_what_was_parked_beyond_the_restored_end_is_not_tried_again(rig: Rig, dsn: str) -> None:
    rig.handler.poison = {"0-3"}
    rig.topic.send([*arrivals(2), arrival(3, key="b")])
    async with rig.consuming() as consumer:
        await rig.until_effects(2)
        restore(rig, arrivals(2))
        await until_stopped(consumer)
        rig.handler.poison.clear()
        await rig.execute("UPDATE parked_key SET next_retry_at = now() + interval '1 hour'")
        await go_on(dsn, consumer=NAME, topic=TOPIC, partition=0, after_pseq=2, kafka_offset=0)
        await rig.execute("UPDATE parked_key SET next_retry_at = now()")

        async def free() -> bool:
            async with rig.pool.acquire() as connection:
                return not await parked_keys(connection, consumer=NAME)

        await until(free, what="a park without the lost event's key")
    assert "0-3" not in await rig.effects()


@pytest.mark.parametrize(("partition", "after"), [(1, 0), (0, 9)])
async def test_only_a_stopped_partition_goes_on_and_never_past_what_it_consumed(
    rig: Rig, dsn: str, partition: int, after: int
) -> None:
    settlement = Settlement(rig.pool, NAME, rig.subscription(), 1)
    await settlement.join((0, 1))
    await settlement.stop(0, "for this test")
    with pytest.raises(NotStopped):
        await go_on(dsn, consumer=NAME, topic=TOPIC, partition=partition, after_pseq=after, kafka_offset=0)


async def test_what_an_older_release_consumed_is_not_held_against_a_digest_of_before(rig: Rig) -> None:
    """In a rolling deploy the older release moves the number alone."""
    rig.topic.send(arrivals(2))
    async with rig.consuming():
        await rig.until_effects(2)
    await rig.execute("UPDATE consumer_offset SET pseq = 3, position = 12 WHERE partition = 0")
    rig.topic.send(arrivals(2, first=3))
    async with rig.consuming() as consumer:
        assert (await rig.until_effects(3))[-1] == "0-4"
        assert not any(one.broken for one in consumer.health().partitions)


async def test_the_command_reads_the_settings_of_the_service(rig: Rig, dsn: str) -> None:
    settlement = Settlement(rig.pool, NAME, rig.subscription(), 1)
    await settlement.join((0,))
    await settlement.stop(0, "for this test")
    words = ["go-on", NAME, TOPIC, "0", "--after", "0"]
    done = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "chassis.consumer", *words, env={"JOURNEY_DATABASE_URL": dsn}
    )
    assert await asyncio.wait_for(done.wait(), 20) == 0
    await settlement.join((0,))
    assert settlement.stopped == {}
