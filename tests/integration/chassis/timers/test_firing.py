"""Firing a kind piece by piece: how many at once, in which transaction, and what it locks in which order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from chassis.database import Connection, Pool, open_pool
from chassis.errors import TransientFailure
from chassis.log.appender import append_within
from chassis.log.epoch import join_epoch
from chassis.timers import AnyHandler, DueTimer, Timer, set_timer, set_timers
from support.consuming import until
from support.log_events import an_event
from support.timing import KIND, OTHER_KIND, PostgresTiming

pytestmark = pytest.mark.servers
HOUR = timedelta(hours=1)
VICTIM = 42


@pytest.fixture
async def pool(database: Callable[[str], str]) -> AsyncIterator[Pool]:
    async with open_pool(database("chassis")) as opened:
        yield opened


@dataclass(slots=True)
class Sized:
    """A handler that takes too long with more than `most`."""

    most: int
    sizes: list[int] = field(default_factory=list)

    async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        self.sizes.append(len(timers))
        if len(timers) > self.most:
            raise TimeoutError


async def set_many(timing: PostgresTiming, count: int, *, kind: str = KIND) -> None:
    now = await timing.now()
    async with timing.pool.acquire() as connection:
        await set_timers(connection, [Timer(kind, f"{n:04}", now) for n in range(count)])


async def waiting(pool: Pool) -> int:
    async with pool.acquire() as connection:
        count: int = await connection.fetchval("SELECT count(*) FROM timer")
        return count


async def test_a_piece_that_takes_too_long_is_tried_with_half_as_many_and_doubles_again(pool: Pool) -> None:
    """Guards against the same batch for ever: 500 that take longer than a command may."""
    handler = Sized(most=100)
    timing = PostgresTiming(pool, {KIND: handler})
    await set_many(timing, 300)
    await timing.fire_due()
    assert await waiting(pool) == 0
    assert handler.sizes[:4] == [300, 150, 75, 150]
    assert sum(size for size in handler.sizes if size <= handler.most) == 300


async def test_a_statement_over_the_commands_time_is_such_a_piece(database: Callable[[str], str]) -> None:
    class Slow:
        async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
            await connection.execute("SELECT pg_sleep(0.1 * $1::float8)", float(len(timers)))

    async with open_pool(database("chassis"), command_seconds=0.5) as pool:
        timing = PostgresTiming(pool, {KIND: Slow()})
        await set_many(timing, 12)
        await timing.fire_due()
        assert await waiting(pool) == 0


async def test_one_that_cannot_be_handled_is_found_among_many_and_the_others_fire(pool: Pool) -> None:
    class Picky:
        fired = 0

        async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
            if {timer.key for timer in timers} & {"0007", "0300"}:
                raise ValueError("a fault of ours")
            self.fired += len(timers)

    handler = Picky()
    timing = PostgresTiming(pool, {KIND: handler})
    await set_many(timing, 400)
    await timing.fire_due()
    assert handler.fired == 398
    assert await timing.failed() == ["0007", "0300"]


async def test_what_was_put_off_rests_after_three_in_a_row_that_fail_for_the_moment(pool: Pool) -> None:
    """What they need is away: the others are not tried, and so not put off further either."""

    class Away:
        tries = 0

        async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
            self.tries += 1
            raise TransientFailure("the vault does not answer")

    handler = Away()
    timing = PostgresTiming(pool, {KIND: handler})
    await set_many(timing, 10)
    await timing.fire_due()
    assert handler.tries == 1
    await timing.fire_due()
    assert handler.tries == 4
    async with pool.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM timer WHERE attempts = 1") == 7


@dataclass(slots=True)
class Deciding:
    """Decides about one victim, whom it locks, and appends what it decided; as the services' own handlers do."""

    epoch: int

    async def lock(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        await connection.execute("SELECT pg_advisory_xact_lock($1)", VICTIM)

    async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        await self.lock(connection, timers)
        await append_within(connection, [an_event()], epoch=self.epoch)


@dataclass(slots=True)
class Appending:
    """Needs no victim, and appends."""

    epoch: int

    async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        await append_within(connection, [an_event()], epoch=self.epoch)


async def beside_one_who_decides(
    pool: Pool, handlers: dict[str, AnyHandler], then: Callable[[Connection], Awaitable[object]]
) -> PostgresTiming:
    """Fire while another transaction has the victim; it does `then` once the runner waits for it."""
    timing = PostgresTiming(pool, handlers)
    for kind in handlers:
        await timing.set(Timer(kind, "a", await timing.now()))
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL deadlock_timeout = '20s'")
        await connection.execute("SELECT pg_advisory_xact_lock($1)", VICTIM)
        firing = asyncio.create_task(timing.fire_due())
        await until(lambda: somebody_waits(pool), what="a runner that waits for the victim")
        async with asyncio.timeout(0.9):
            await then(connection)
    await firing
    return timing


async def somebody_waits(pool: Pool) -> bool:
    async with pool.acquire() as connection:
        return bool(
            await connection.fetchval("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        )


async def test_no_timer_is_locked_while_its_victim_is_waited_for(pool: Pool) -> None:
    """Guards the order of locks, victims before timers: who has the victim may set its timer."""
    later = Timer(KIND, "a", (await PostgresTiming(pool, {}).now()) + HOUR)
    timing = await beside_one_who_decides(
        pool, {KIND: Deciding(await join_epoch(pool))}, lambda connection: set_timer(connection, later)
    )
    assert await timing.failed() == []
    assert await waiting(pool) == 1


async def test_no_kind_holds_the_head_while_another_waits_for_a_victim(pool: Pool) -> None:
    """Guards one transaction for each kind: who has the victim may append."""
    epoch = await join_epoch(pool)
    await beside_one_who_decides(
        pool,
        {KIND: Appending(epoch), OTHER_KIND: Deciding(epoch)},
        lambda connection: append_within(connection, [an_event()], epoch=epoch),
    )
    assert await waiting(pool) == 0
