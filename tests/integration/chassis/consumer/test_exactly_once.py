"""The consumer on real PostgreSQL: effects, offset and duplicate check are one transaction behind a fence."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from chassis.consumer import offsets
from chassis.consumer.sequence import Mark, take
from chassis.consumer.settlement import Settlement
from chassis.database import open_pool
from chassis.errors import Fenced
from prometheus_client import CollectorRegistry
from support.arrivals import TOPIC, arrival, arrivals
from support.consuming import NAME, Rig, make_effect_table, until

pytestmark = pytest.mark.servers


@pytest.fixture
async def rig(database: Callable[[str], str]) -> AsyncIterator[Rig]:
    async with open_pool(database("chassis")) as pool:
        await make_effect_table(pool)
        yield Rig(pool)


def settlement(rig: Rig, epoch: int) -> Settlement:
    return Settlement(rig.pool, NAME, rig.subscription(), epoch)


async def test_events_are_applied_in_log_order_over_partitions(rig: Rig) -> None:
    rig.topic.send([*arrivals(3, partition=1), *arrivals(3, partition=0)])
    async with rig.consuming():
        assert await rig.until_effects(6) == ["0-1", "1-1", "0-2", "1-2", "0-3", "1-3"]


async def test_repeats_in_a_batch_and_in_later_batches_have_one_effect(rig: Rig) -> None:
    """Guards the duplicate check."""
    rig.topic.send([*arrivals(5), *arrivals(5), *arrivals(7)])
    async with rig.consuming():
        await rig.until_effects(7)
        rig.topic.send([*arrivals(7), arrival(8)])
        assert await rig.until_effects(8) == [f"0-{n}" for n in range(1, 9)]


async def test_a_restart_goes_on_where_it_stopped_even_after_kafka_was_wiped(rig: Rig) -> None:
    """Guards the duplicate check: Kafka's own offsets mean nothing."""
    rig.topic.send(arrivals(5))
    async with rig.consuming():
        await rig.until_effects(5)
    rig.topic.wipe()
    rig.topic.send(arrivals(9))
    async with rig.consuming():
        assert await rig.until_effects(9) == [f"0-{n}" for n in range(1, 10)]


async def test_a_wiped_topic_that_is_filled_again_while_we_run_is_read_from_its_start(rig: Rig) -> None:
    rig.topic.send(arrivals(5))
    async with rig.consuming():
        await rig.until_effects(5)
        rig.topic.wipe()
        rig.topic.send(arrivals(3))
        rig.topic.send(arrivals(6, first=4))
        assert await rig.until_effects(9) == [f"0-{n}" for n in range(1, 10)]


async def test_a_zombie_moves_no_offset_and_leaves_no_effect(rig: Rig) -> None:
    """Guards the fence: remove the epoch from the offset's predicate and the zombie's effects stay."""
    zombie, successor = settlement(rig, 1), settlement(rig, 2)
    marks = await zombie.join((0,))
    await successor.join((0,))
    with pytest.raises(Fenced):
        await zombie.settle(marks, {0: take(marks[0], arrivals(3))})
    assert await rig.effects() == []


async def test_a_zombie_cannot_take_the_offsets_back(rig: Rig) -> None:
    """Guards the fence."""
    await settlement(rig, 2).join((0,))
    with pytest.raises(Fenced):
        await settlement(rig, 1).join((0,))


async def test_a_zombie_does_not_empty_the_park(rig: Rig) -> None:
    """Guards the fence of the retry."""
    rig.handler.poison = {"0-1"}
    zombie = settlement(rig, 1)
    marks = await zombie.join((0,))
    await zombie.settle(marks, {0: take(marks[0], [arrival(1)])})
    await settlement(rig, 2).join((0,))
    await rig.execute("UPDATE parked_key SET next_retry_at = now()")
    rig.handler.poison.clear()
    with pytest.raises(Fenced):
        await zombie.retry_due()
    assert await rig.effects() == []


async def test_a_batch_that_was_committed_unnoticed_is_not_applied_again(rig: Rig) -> None:
    """Guards the offset predicate: the row moves only from where its holder believes it is."""
    work = settlement(rig, 1)
    marks = await work.join((0,))
    run = {0: take(marks[0], arrivals(3))}
    await work.settle(marks, run)
    with pytest.raises(Fenced):
        await work.settle(marks, run)
    assert len(await rig.effects()) == 3


async def test_an_offset_never_moves_backwards(rig: Rig) -> None:
    """Guards the offset predicate."""
    await settlement(rig, 1).join((0,))
    async with rig.pool.acquire() as connection:
        await offsets.move(connection, NAME, TOPIC, epoch=1, steps={0: (Mark(), Mark(5, 20, 5))})
        with pytest.raises(Fenced):
            await offsets.move(connection, NAME, TOPIC, epoch=1, steps={0: (Mark(5), Mark(5, 20, 5))})


async def test_a_consumer_that_is_overtaken_exits(rig: Rig) -> None:
    """Guards the fence: no row means fenced means exit."""
    rig.topic.send(arrivals(2))
    task = asyncio.create_task(rig.consumer().run())
    await rig.until_effects(2)
    await rig.execute("UPDATE consumer_offset SET epoch = epoch + 1")
    rig.topic.send([arrival(3)])
    with pytest.raises(Fenced):
        await asyncio.wait_for(task, 5.0)
    assert len(await rig.effects()) == 2


async def test_a_standby_takes_over_when_the_leader_stops(rig: Rig) -> None:
    rig.topic.send(arrivals(2))
    async with rig.consuming() as leader:
        await rig.until_effects(2)
        standby = rig.consumer(registry=CollectorRegistry())
        task = asyncio.create_task(standby.run())
        assert leader.health().leading
        assert not standby.health().leading
        assert await standby.ready() == "standby"
    rig.topic.send([arrival(3)])
    await rig.until_effects(3)
    assert standby.health().leading
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_transient_failure_is_retried_never_parked_and_seen_on_health(rig: Rig) -> None:
    rig.handler.away = 4
    rig.topic.send(arrivals(3))
    async with rig.consuming() as consumer:

        async def troubled() -> bool:
            return bool(consumer.health().troubles)

        await until(troubled, what="the failure on the health report")
        assert await rig.until_effects(3) == ["0-1", "0-2", "0-3"]
        assert await rig.parked() == []
        assert rig.number("consumer_failures_total") == 4

        async def well() -> bool:
            return not consumer.health().troubles

        await until(well, what="a health report without trouble")
