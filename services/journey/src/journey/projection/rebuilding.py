"""Compute every journey anew from the facts on record, and say what is different: nothing, while no rule changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from chassis.clock import business_now
from chassis.database import Connection, Pool
from contracts.ids import VictimId

from journey.facts.fact import Fact
from journey.projection.ports import TakingTurns
from journey.projection.settling import Changes, Settling

FACTS_AT_A_TIME: Final = 500
VICTIMS_AT_A_TIME: Final = 100
BEFORE_ALL: Final = VictimId("00000000-0000-0000-0000-000000000000")


Reading = Callable[[int, datetime, bytes], Fact]
"""Reads a stored intake fact again: its position, when it was recorded, and the event as it came."""


class StoredFacts(Protocol):
    """Every consumed event, to be read again."""

    async def bodies_after(
        self, connection: Connection, position: int, *, limit: int
    ) -> list[tuple[int, datetime, bytes]]: ...

    async def say_again(self, connection: Connection, facts: Sequence[Fact]) -> None: ...

    async def victims_after(self, connection: Connection, last: VictimId, *, limit: int) -> list[VictimId]: ...


@dataclass(slots=True)
class Looked:
    """How many journeys were looked through, and how much of them was otherwise than was said last."""

    journeys: int = 0
    differences: int = 0

    def __str__(self) -> str:
        return f"{self.journeys} journeys looked through: {self.differences} differences announced."


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """Beside a running service, a few journeys at a time, each few in a transaction of their own."""

    pool: Pool
    settling: Settling
    facts: StoredFacts
    turns: TakingTurns
    reading: Reading

    async def run(self) -> Looked:
        """Read again what the facts say, and settle everybody's journey by it."""
        await self._read_facts_again()
        looked, last = Looked(), BEFORE_ALL
        while victims := await self._after(last):
            changes = await self._settle(victims)
            looked.journeys += len(victims)
            looked.differences += changes.count
            last = victims[-1]
        return looked

    async def _read_facts_again(self) -> None:
        """A release may read more out of an event than the one that stored it did."""
        last = 0
        while True:
            async with self.pool.acquire() as connection, connection.transaction():
                await self.turns.settle_alone(connection)
                last = await self._read_some(connection, last)
            if not last:
                return

    async def _read_some(self, connection: Connection, last: int) -> int:
        bodies = await self.facts.bodies_after(connection, last, limit=FACTS_AT_A_TIME)
        facts = [self.reading(*stored) for stored in bodies]
        await self.facts.say_again(connection, facts)
        return facts[-1].position if facts else 0

    async def _after(self, last: VictimId) -> list[VictimId]:
        async with self.pool.acquire() as connection:
            return await self.facts.victims_after(connection, last, limit=VICTIMS_AT_A_TIME)

    async def _settle(self, victims: list[VictimId]) -> Changes:
        async with self.pool.acquire() as connection, connection.transaction():
            await self.turns.settle_alone(connection)
            return await self.settling.settle(connection, victims, at=await business_now(connection))
