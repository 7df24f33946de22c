"""A reading that many share never began before any of them asked."""

import asyncio
from dataclasses import dataclass, field

import pytest
from chassis.shared_read import SharedRead
from support.deadline import until


@dataclass
class Source:
    """Something that changes; each reading of it waits to be let through."""

    state: int = 0
    readings: list[asyncio.Event] = field(default_factory=list)
    failure: Exception | None = None

    async def read(self) -> int:
        self.readings.append(asyncio.Event())
        seen = self.state
        await self.readings[-1].wait()
        if self.failure is not None:
            raise self.failure
        return seen

    async def begun(self, count: int) -> None:
        async def so_many() -> bool:
            return len(self.readings) >= count

        await until(so_many, f"{count} readings have begun", seconds=5)


async def test_who_asks_while_a_reading_is_under_way_shares_the_next() -> None:
    source = Source()
    shared = SharedRead(source.read)
    first = asyncio.create_task(shared.value())
    await source.begun(1)
    source.state = 1
    later = [asyncio.create_task(shared.value()) for _ in range(3)]
    await asyncio.sleep(0)
    source.readings[0].set()
    await source.begun(2)
    source.readings[1].set()
    assert await first == 0
    assert await asyncio.gather(*later) == [1, 1, 1]
    assert len(source.readings) == 2


async def test_a_failure_is_told_to_all_who_waited_and_to_nobody_after_them() -> None:
    source = Source(failure=OSError("away"))
    shared = SharedRead(source.read)
    waiting = [asyncio.create_task(shared.value()) for _ in range(2)]
    await source.begun(1)
    source.readings[0].set()
    assert [type(one) for one in await asyncio.gather(*waiting, return_exceptions=True)] == [OSError, OSError]
    source.failure = None
    again = asyncio.create_task(shared.value())
    await source.begun(2)
    source.readings[1].set()
    assert await again == 0


async def test_one_who_gives_up_does_not_take_the_reading_from_the_others() -> None:
    source = Source()
    shared = SharedRead(source.read)
    impatient, patient = asyncio.create_task(shared.value()), asyncio.create_task(shared.value())
    await source.begun(1)
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    source.readings[0].set()
    assert await patient == 0
