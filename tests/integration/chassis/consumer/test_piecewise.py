"""Batches that are refused or take too long are settled in pieces, each with its own step of the offset."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

import asyncpg
import pytest
from chassis.consumer import ConsumedEvent
from chassis.consumer.pieces import SMALL
from chassis.consumer.sequence import take
from chassis.consumer.settlement import BatchRefused, Settlement
from chassis.database import Connection, open_pool
from support.arrivals import arrivals
from support.consuming import NAME, EffectWriter, Rig, make_effect_table, until

pytestmark = pytest.mark.servers


@dataclass(slots=True)
class Sized(EffectWriter):
    """Notes the size of each batch, and takes too long for more than `at_most`."""

    at_most: int = 10_000
    sizes: list[int] = field(default_factory=list)

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        self.sizes.append(len(events))
        if len(events) > self.at_most:
            raise asyncpg.QueryCanceledError("canceling statement due to statement timeout")
        await EffectWriter.apply(self, connection, events)


@pytest.fixture
def handler() -> Sized:
    return Sized()


@pytest.fixture
async def rig(database: Callable[[str], str], handler: Sized) -> AsyncIterator[Rig]:
    async with open_pool(database("chassis")) as pool:
        await make_effect_table(pool)
        yield Rig(pool, handler)


async def test_after_a_refusal_no_transaction_is_long(rig: Rig, handler: Sized) -> None:
    """Guards the log's head, which a handler that appends holds until its transaction ends."""
    handler.poison = {f"0-{n}" for n in range(1, 1_001) if n % 5 == 0}
    rig.topic.send(arrivals(1_000, keys=[f"k{n}" for n in range(1_000)]))
    async with rig.consuming():

        async def all_parked_or_applied() -> bool:
            return len(await rig.effects()) + len(await rig.parked()) == 1_000

        await until(all_parked_or_applied, what="a thousand events applied or parked")
    assert max(handler.sizes[1:]) <= 2 * SMALL


async def test_a_refusal_costs_a_batch_of_good_events_only_its_own_piece(rig: Rig, handler: Sized) -> None:
    handler.poison = {"0-700"}
    rig.topic.send(arrivals(1_000, keys=[f"k{n}" for n in range(1_000)]))
    async with rig.consuming():
        await rig.until_effects(999)
        assert await rig.parked() == [700]
    assert len(handler.sizes) < 40


async def test_a_batch_that_takes_too_long_is_halved_until_it_fits(rig: Rig, handler: Sized) -> None:
    """Guards progress: at the same size it would take too long for ever."""
    handler.at_most = 40
    rig.topic.send(arrivals(200))
    async with rig.consuming():
        assert await rig.until_effects(200) == [f"0-{n}" for n in range(1, 201)]
        assert await rig.parked() == []
    assert max(handler.sizes) == 200


async def test_among_too_many_a_refused_event_is_not_looked_for(rig: Rig, handler: Sized) -> None:
    handler.poison = {"0-1"}
    settlement = Settlement(rig.pool, NAME, rig.subscription(), 1)
    marks = await settlement.join((0,))
    with pytest.raises(BatchRefused):
        await settlement.settle(marks, {0: take(marks[0], arrivals(SMALL + 1))})
    assert await rig.effects() == []
    assert await settlement.join((0,)) == marks
