"""One event that fails for the moment for ever is set aside while others work; trouble of all parks nothing."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

import pytest
from chassis.consumer import ConsumedEvent, parked_keys
from chassis.database import Connection, open_pool
from chassis.errors import TransientFailure
from support.arrivals import arrival, arrivals
from support.consuming import NAME, EffectWriter, Rig, make_effect_table, until

pytestmark = pytest.mark.servers


@dataclass(slots=True)
class Faltering(EffectWriter):
    """Fails for the moment, for ever, where an event's id is among `falters`; and for all while `all_falter`."""

    falters: set[str] = field(default_factory=set)
    all_falter: bool = False
    tries: int = 0

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        if self.all_falter or self.falters & {one.header.id for one in events}:
            self.tries += 1
            raise TransientFailure("the vault does not answer")
        await EffectWriter.apply(self, connection, events)


@pytest.fixture
def handler() -> Faltering:
    return Faltering()


@pytest.fixture
async def rig(database: Callable[[str], str], handler: Faltering) -> AsyncIterator[Rig]:
    async with open_pool(database("chassis")) as pool:
        await make_effect_table(pool)
        yield Rig(pool, handler)


async def test_an_event_that_is_stuck_is_parked_with_its_key_and_the_others_flow(rig: Rig, handler: Faltering) -> None:
    """Guards every partition of the topic: without a bound none of them moves."""
    handler.falters = {"0-3"}
    rig.topic.send([*arrivals(6, keys="abc"), *arrivals(4, partition=1, keys="xy")])
    async with rig.consuming():
        effects = await rig.until_effects(8)
        assert sorted(effects) == sorted(["0-1", "0-2", "0-4", "0-5", *(f"1-{n}" for n in range(1, 5))])
        assert await rig.parked() == [3, 6]
        async with rig.pool.acquire() as connection:
            (parked,) = await parked_keys(connection, consumer=NAME)
        assert "the vault does not answer" in parked.reason
        handler.falters = set()
        assert (await rig.until_effects(10))[8:] == ["0-3", "0-6"]


async def test_trouble_of_all_events_parks_none(rig: Rig, handler: Faltering) -> None:
    """Guards the park: a database or a vault that is away is no event's fault."""
    handler.all_falter = True
    rig.topic.send(arrivals(6, keys="abc"))
    async with rig.consuming() as consumer:

        async def tried_long() -> bool:
            return handler.tries > 12

        await until(tried_long, what="attempts beyond the bound")
        assert await rig.parked() == []
        assert consumer.health().troubles
        handler.all_falter = False
        assert await rig.until_effects(6) == [f"0-{n}" for n in range(1, 7)]


async def test_one_event_alone_waits_until_another_shows_whose_fault_it_is(rig: Rig, handler: Faltering) -> None:
    handler.falters = {"0-1"}
    rig.topic.send([arrival(1)])
    async with rig.consuming():

        async def tried_long() -> bool:
            return handler.tries > 6

        await until(tried_long, what="attempts beyond the bound")
        assert await rig.parked() == []
        rig.topic.send([arrival(2, key="b")])
        assert await rig.until_effects(1) == ["0-2"]
        assert await rig.parked() == [1]
