"""Parking: one event that fails for good stops its own key, in order, and nothing else. Guards: the parking."""

from collections.abc import AsyncIterator, Callable

import pytest
from chassis.consumer import parked_keys, retry_parked
from chassis.database import open_pool
from support.arrivals import TOPIC, arrival, arrivals
from support.consuming import NAME, Rig, make_effect_table, until

pytestmark = pytest.mark.servers


@pytest.fixture
async def rig(database: Callable[[str], str]) -> AsyncIterator[Rig]:
    async with open_pool(database("chassis")) as pool:
        await make_effect_table(pool)
        yield Rig(pool)


async def retry(rig: Rig, *, key: str | None = None) -> int:
    async with rig.pool.acquire() as connection:
        return await retry_parked(connection, consumer=NAME, key=key)


async def test_the_culprits_key_is_parked_in_order_and_the_others_flow(rig: Rig) -> None:
    """Guards the parking: every later event of the key waits, also in later batches."""
    rig.handler.poison = {"0-3"}
    rig.topic.send(arrivals(9, keys="abc"))
    async with rig.consuming() as consumer:
        effects = await rig.until_effects(6)
        assert effects == ["0-1", "0-2", "0-4", "0-5", "0-7", "0-8"]
        assert await rig.parked() == [3, 6, 9]
        rig.topic.send([arrival(10, key="b"), arrival(11, key="a")])
        assert (await rig.until_effects(7))[-1] == "0-10"
        assert await rig.parked() == [3, 6, 9, 11]
        assert consumer.health().parked_keys == {TOPIC: 1}
    assert rig.number("consumer_parked_total") >= 4


async def test_the_park_is_emptied_in_order_once_the_fault_is_gone(rig: Rig) -> None:
    rig.handler.poison = {"0-3"}
    rig.topic.send(arrivals(9, keys="abc"))
    async with rig.consuming():
        await rig.until_effects(6)
        rig.handler.poison.clear()
        await retry(rig)
        effects = await rig.until_effects(9)
        assert effects[6:] == ["0-3", "0-6", "0-9"]
        rig.topic.send([arrival(10, key="a")])
        assert (await rig.until_effects(10))[-1] == "0-10"
        assert await rig.parked() == []


async def test_the_retry_comes_by_itself(rig: Rig) -> None:
    rig.handler.poison = {"0-1"}
    rig.topic.send([arrival(1), arrival(2, key="b")])
    async with rig.consuming():
        await rig.until_effects(1)
        rig.handler.poison.clear()
        assert await rig.until_effects(2) == ["0-2", "0-1"]


async def test_a_parked_event_always_has_a_next_retry_time(rig: Rig) -> None:
    rig.handler.poison = {"0-1"}
    rig.topic.send(arrivals(3))
    async with rig.consuming():

        async def tried_again() -> bool:
            async with rig.pool.acquire() as connection:
                await retry_parked(connection, consumer=NAME)
                heads = await parked_keys(connection, consumer=NAME)
            return bool(heads) and heads[0].attempts >= 3

        await until(tried_again, what="a third attempt")
    async with rig.pool.acquire() as connection:
        (head,) = await parked_keys(connection, consumer=NAME)
    assert (head.key, head.events, head.topic) == ("a", 3, TOPIC)
    assert head.reason == "PermanentFailure: this fact cannot be applied"
    assert head.next_retry_at > head.parked_at


async def test_a_second_culprit_of_the_key_stops_the_retry_there(rig: Rig) -> None:
    rig.handler.poison = {"0-1", "0-3"}
    rig.topic.send(arrivals(4))
    async with rig.consuming():

        async def parked_all() -> bool:
            return await rig.parked() == [1, 2, 3, 4]

        await until(parked_all, what="four parked events")
        rig.handler.poison = {"0-3"}
        await retry(rig, key="a")
        assert await rig.until_effects(2) == ["0-1", "0-2"]
        assert await rig.parked() == [3, 4]


async def test_unknown_types_and_unreadable_bodies_are_parked_with_their_key(rig: Rig) -> None:
    """Guards the parking of unknown types."""
    rig.topic.send(
        [
            arrival(1),
            arrival(2, type_="police.unheard-of.v9"),
            arrival(3),
            arrival(4, key="b", content=b"\xff not json"),
            arrival(5, key="b"),
            arrival(6, key="c"),
        ]
    )
    async with rig.consuming():
        assert await rig.until_effects(2) == ["0-1", "0-6"]
        assert await rig.parked() == [2, 3, 4, 5]
    async with rig.pool.acquire() as connection:
        reasons = {one.key: one.reason.split(":")[0] for one in await parked_keys(connection, consumer=NAME)}
    assert reasons == {"a": "UnknownType", "b": "UnreadableEvent"}


async def test_a_restart_keeps_later_events_of_a_parked_key_behind_it(rig: Rig) -> None:
    """Guards the parking over a restart."""
    rig.handler.poison = {"0-1"}
    rig.topic.send([arrival(1), arrival(2, key="b")])
    async with rig.consuming():
        await rig.until_effects(1)
    await rig.execute("UPDATE parked_key SET next_retry_at = now() + interval '1 hour'")
    rig.topic.send([arrival(3), arrival(4, key="b")])
    async with rig.consuming():
        assert await rig.until_effects(2) == ["0-2", "0-4"]
        assert await rig.parked() == [1, 3]
