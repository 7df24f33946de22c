"""What is said of an append whose end nobody heard of, and that the same again counts once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from chassis.database import Connection, Pool, open_pool
from chassis.errors import OutcomeNotKnown
from chassis.log.appender import GroupCommit, append_within
from chassis.log.errors import LogUnavailable
from chassis.log.queue import Limits
from support.forgetful import a_forgetful_way
from support.log_events import alone, an_event, receipts


async def test_an_answer_lost_once_is_asked_for_again(database: Callable[[str], str]) -> None:
    async with a_forgetful_way(database("chassis")) as way, open_pool(way.dsn) as pool, GroupCommit(pool, 1) as door:
        way.lost = 1
        assert receipts(await door.append(alone(an_event())))[0].position == 1


async def test_an_answer_lost_for_good_is_not_known_and_the_same_again_counts_once(
    database: Callable[[str], str],
) -> None:
    """Guards telling a commit in doubt from what was not stored."""
    event = an_event()
    async with a_forgetful_way(database("chassis")) as way, open_pool(way.dsn) as pool, GroupCommit(pool, 1) as door:
        way.lost = 2
        with pytest.raises(OutcomeNotKnown):
            await door.append(alone(event))
        again = receipts(await door.append(alone(event)))[0]
    assert (again.position, again.duplicate) == (1, True)


async def test_a_log_that_ends_after_a_lost_answer_is_in_doubt(database: Callable[[str], str]) -> None:
    """Guards what a second attempt that fails for sure says of the first."""
    async with a_forgetful_way(database("chassis")) as way, open_pool(way.dsn) as pool, GroupCommit(pool, 1) as door:
        way.lost, way.closes_then = 1, True
        with pytest.raises(OutcomeNotKnown):
            await door.append(alone(an_event()))


async def test_a_log_that_went_away_before_the_commit_stored_nothing(database: Callable[[str], str]) -> None:
    async with (
        open_pool(database("chassis")) as pool,
        GroupCommit(pool, 1, limits=Limits(seconds=0.2)) as door,
        pool.acquire() as other,
    ):
        async with other.transaction():
            await other.execute("SELECT FROM log_head FOR UPDATE")
            with pytest.raises(LogUnavailable):
                await door.append(alone(an_event()))
        assert await other.fetchval("SELECT count(*) FROM log") == 0


async def test_a_flight_that_goes_on_when_its_caller_gives_up_is_in_doubt(database: Callable[[str], str]) -> None:
    """Guards what is said after the wait for a flight is over."""
    async with open_pool(database("chassis")) as pool:
        slow = _SlowToEnd(pool)
        async with GroupCommit(slow, 1, limits=Limits(seconds=0.2)) as door:
            try:
                with pytest.raises(OutcomeNotKnown):
                    await door.append(alone(an_event()))
            finally:
                slow.may_end.set()
        async with pool.acquire() as connection:
            assert await connection.fetchval("SELECT count(*) FROM log") == 1


class _SlowToEnd:
    """A pool that takes a connection back only when it is told to, whoever gives up meanwhile."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.may_end = asyncio.Event()

    @property
    def apart(self) -> Pool:
        return self._pool.apart

    @asynccontextmanager
    async def acquire(self, *, timeout: float | None = None) -> AsyncIterator[Connection]:  # noqa: ASYNC109 the pool's
        async with self._pool.acquire(timeout=timeout) as connection:
            yield connection
        while not self.may_end.is_set():
            with suppress(asyncio.CancelledError):
                await self.may_end.wait()


async def test_a_transaction_of_a_callers_own_is_in_doubt_too(database: Callable[[str], str]) -> None:
    """Guards saying so of every transaction."""
    async with a_forgetful_way(database("chassis")) as way, open_pool(way.dsn) as pool:
        way.lost = 1
        with pytest.raises(OutcomeNotKnown):
            async with pool.acquire() as connection, connection.transaction():
                await append_within(connection, [an_event()], epoch=1)
        async with pool.acquire() as connection:
            assert await connection.fetchval("SELECT count(*) FROM log") == 1
