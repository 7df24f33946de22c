"""What Kafka loses is seen and fetched from the owner's log. Guards: the pseq check and the refill."""

from collections.abc import AsyncIterator, Callable

import pytest
from chassis.database import open_pool
from support.arrivals import arrival, arrivals
from support.consuming import Rig, make_effect_table, until

pytestmark = pytest.mark.servers


@pytest.fixture
async def rig(database: Callable[[str], str]) -> AsyncIterator[Rig]:
    async with open_pool(database("chassis")) as pool:
        await make_effect_table(pool)
        yield Rig(pool)


def in_order(count: int) -> list[str]:
    return [f"0-{n}" for n in range(1, count + 1)]


async def test_a_hole_is_refilled_from_the_owner_and_counted(rig: Rig) -> None:
    """Guards the pseq check: without it 0-3 and 0-4 are lost in silence."""
    rig.owner.records = arrivals(8)
    rig.topic.send([one for one in arrivals(8) if one.pseq not in {3, 4}])
    async with rig.consuming():
        assert await rig.until_effects(8) == in_order(8)
    assert rig.number("consumer_holes_total") == 1
    assert rig.number("consumer_refilled_total") >= 2


async def test_a_hole_larger_than_a_page_is_refilled(rig: Rig) -> None:
    rig.owner.records = arrivals(1203)
    rig.topic.send([arrival(1203), arrival(1203)])
    async with rig.consuming():
        assert await rig.until_effects(1203) == in_order(1203)


async def test_other_partitions_flow_while_one_waits_for_its_refill(rig: Rig) -> None:
    rig.owner.records = arrivals(3)
    rig.owner.away = True
    rig.topic.send([arrival(1), arrival(3), *arrivals(4, partition=1)])
    async with rig.consuming() as consumer:
        effects = await rig.until_effects(5)
        assert set(effects) == {"0-1", "1-1", "1-2", "1-3", "1-4"}
        assert any(one.refilling for one in consumer.health().partitions if one.partition == 0)
        rig.owner.away = False
        effects = await rig.until_effects(7)
        assert [one for one in effects if one.startswith("0")] == in_order(3)


async def test_events_that_never_reached_kafka_are_found_by_asking_the_owner(rig: Rig) -> None:
    """Guards the tail check: no later record shows this hole."""
    rig.owner.records = arrivals(4)
    rig.topic.send(arrivals(2))
    async with rig.consuming():
        assert await rig.until_effects(4) == in_order(4)
        rig.topic.send(arrivals(5, first=1))
        assert await rig.until_effects(5) == in_order(5)


async def test_an_owner_that_cannot_be_asked_is_seen_on_health_and_in_numbers(rig: Rig) -> None:
    """Guards the word: without an answer a loss is not seen."""
    rig.owner.away = True
    rig.topic.send(arrivals(2))
    async with rig.consuming() as consumer:

        async def said() -> bool:
            return bool(consumer.health().blind and consumer.health().partitions)

        await until(said, what="the silent owner on the health report")
        assert "no loss is seen on intake.events" in await consumer.ready()
        assert (rig.number("consumer_blind"), rig.number("consumer_unanswered_total") > 0) == (1, True)
        rig.owner.away = False

        async def sees() -> bool:
            return not consumer.health().blind

        await until(sees, what="a health report without the silent owner")
        assert rig.number("consumer_blind") == 0


async def test_what_kafka_brought_in_the_meantime_is_not_counted_as_refilled(rig: Rig) -> None:
    rig.owner.records = arrivals(4)
    rig.topic.send(arrivals(4))
    async with rig.consuming():
        await rig.until_effects(4)
        asked = rig.owner.asked

        async def asked_again() -> bool:
            return rig.owner.asked > asked + 4

        await until(asked_again, what="further questions to the owner")
    assert rig.number("consumer_refilled_total") == 0


async def test_a_frozen_connection_is_opened_anew(rig: Rig) -> None:
    """Guards the watchdog."""
    rig.topic.send(arrivals(2))
    async with rig.consuming():
        await rig.until_effects(2)
        rig.topic.freeze()
        rig.topic.send(arrivals(2, first=3))
        assert await rig.until_effects(4) == in_order(4)
    assert rig.topic.opened == 2
    assert rig.number("consumer_rebuilt_total") == 1


async def test_a_connection_whose_library_cancels_what_we_await_is_opened_anew(rig: Rig) -> None:
    """Guards the loop against an end in silence."""
    rig.topic.send(arrivals(2))
    async with rig.consuming():
        await rig.until_effects(2)
        rig.topic.sever()
        rig.topic.send(arrivals(2, first=3))
        assert await rig.until_effects(4) == in_order(4)
    assert rig.topic.opened == 2


async def test_a_topic_that_contradicts_the_log_stops_its_partition_only(rig: Rig) -> None:
    rig.topic.send([*arrivals(2), *arrivals(2, partition=1)])
    async with rig.consuming() as consumer:
        await rig.until_effects(4)
        await rig.execute("UPDATE consumer_offset SET position = 1000 WHERE partition = 0")
    rig.topic.send([arrival(3), arrival(3, partition=1)])
    async with rig.consuming() as consumer:
        assert (await rig.until_effects(5))[-1] == "1-3"

        async def said() -> bool:
            return [one.partition for one in consumer.health().partitions if one.broken is not None] == [0]

        await until(said, what="the contradiction on the health report")
