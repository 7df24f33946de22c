"""Much that is parked: it delays no live event, is tried in turn, a few keys at a time, and never ends the process."""

from collections.abc import AsyncIterator, Callable

import pytest
from chassis.consumer.sequence import take
from chassis.consumer.settlement import Settlement
from chassis.database import open_pool
from support.arrivals import TOPIC, arrival, arrivals, body
from support.consuming import NAME, Rig, make_effect_table, until

pytestmark = pytest.mark.servers


@pytest.fixture
async def rig(database: Callable[[str], str]) -> AsyncIterator[Rig]:
    async with open_pool(database("chassis")) as pool:
        await make_effect_table(pool)
        yield Rig(pool)


async def park(rig: Rig, count: int, *, content: bytes = b"no event") -> None:
    """Park events 1 to `count` of partition 0, each of a key of its own, due one after another, all by now."""
    await rig.execute(_PARK, NAME, TOPIC, count, content)
    await rig.execute(_PARK_KEYS)


async def tries(rig: Rig) -> list[int]:
    async with rig.pool.acquire() as connection:
        rows = await connection.fetch("SELECT attempts FROM parked_key ORDER BY length(key), key")
    return [row["attempts"] for row in rows]


async def joined(rig: Rig) -> Settlement:
    settlement = Settlement(rig.pool, NAME, rig.subscription(), 1)
    await settlement.join((0,))
    return settlement


async def test_live_events_come_before_what_is_due(rig: Rig) -> None:
    """Guards the budget of the retries: with everything tried in one turn no key would still be untried."""
    await park(rig, 2_000)
    async with rig.consuming() as consumer:
        rig.topic.send(arrivals(3, partition=1, keys="xyz"))
        await rig.until_effects(3)
        assert 0 in await tries(rig)
        assert consumer.health().parked_keys == {TOPIC: 2_000}


async def test_a_turn_tries_the_longest_due_and_no_more_than_it_may(rig: Rig) -> None:
    await park(rig, 7)
    settlement = await joined(rig)
    assert (await settlement.retry_due(keys=3)).more
    assert await tries(rig) == [1, 1, 1, 0, 0, 0, 0]
    assert (await settlement.retry_due(keys=3)).more
    assert not (await settlement.retry_due(keys=3)).more
    assert await tries(rig) == [1] * 7


async def test_a_turn_ends_when_its_time_is_over(rig: Rig) -> None:
    await park(rig, 7)
    done = await (await joined(rig)).retry_due(seconds=0.0)
    assert done.more
    assert await tries(rig) == [0] * 7


async def test_a_key_whose_retry_fails_for_the_moment_goes_to_the_end_of_the_line(rig: Rig) -> None:
    """Guards the others: tried first again at each turn it would starve them."""
    await park(rig, 2, content=body("0-1"))
    rig.handler.away = 1
    settlement = await joined(rig)
    await settlement.retry_due(keys=1)
    assert await tries(rig) == [1, 0]
    await settlement.retry_due(keys=1)
    assert (await tries(rig), settlement.parked) == ([1], 1)


async def test_keys_that_an_older_release_parked_are_held_and_tried(rig: Rig) -> None:
    await park(rig, 1, content=body("0-1"))
    await rig.execute("DELETE FROM parked_key")
    settlement = await joined(rig)
    assert settlement.parked == 1
    await rig.execute("UPDATE parked_key SET next_retry_at = now() + interval '1 hour'")
    await rig.execute("UPDATE consumer_offset SET pseq = 1, position = 4")
    marks = await settlement.join((0,))
    settled = await settlement.settle(marks, {0: take(marks[0], [arrival(2, key="key-1")])})
    assert (settled.applied, len(settled.failed)) == (0, 1)
    await rig.execute("UPDATE parked_key SET next_retry_at = now()")
    assert (await settlement.retry_due()).freed == 1


async def test_what_is_parked_already_is_parked_once(rig: Rig) -> None:
    """Guards the insert: after a restore of the offset the same events come again, and the process must not end."""
    rig.handler.poison = {"0-1"}
    settlement = await joined(rig)
    marks = await settlement.join((0,))
    run = {0: take(marks[0], [*arrivals(3), arrival(4, key="b")])}
    await settlement.settle(marks, run)
    await rig.execute("UPDATE consumer_offset SET pseq = 0, position = 0")
    settled = await settlement.settle(await settlement.join((0,)), run)
    assert (settled.applied, await rig.parked()) == (1, [1, 2, 3])
    assert settlement.parked == 1


async def test_a_key_with_more_than_one_try_holds_is_emptied_in_order(rig: Rig) -> None:
    rig.handler.poison = {"0-1"}
    rig.topic.send(arrivals(100))
    async with rig.consuming():

        async def all_parked() -> bool:
            return len(await rig.parked()) == 100

        await until(all_parked, what="a hundred parked events")
        rig.handler.poison.clear()
        assert await rig.until_effects(100) == [f"0-{n}" for n in range(1, 101)]
    assert await tries(rig) == []


_PARK = """
INSERT INTO parked (consumer, topic, partition, pseq, position, key, recorded_at, body, reason, next_retry_at)
SELECT $1, $2, 0, n, n * 4, 'key-' || n, now(), $4, 'PermanentFailure', now() - make_interval(secs => 9000 - n)
FROM generate_series(1, $3::integer) AS n
"""
_PARK_KEYS = """
INSERT INTO parked_key (consumer, topic, key, partition, reason, attempts, parked_at, next_retry_at)
SELECT consumer, topic, key, partition, reason, 0, parked_at, next_retry_at FROM parked
"""
