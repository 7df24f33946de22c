"""Leases in PostgreSQL: one holder, growing epochs, expiry by real time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import asyncpg
import pytest
from chassis.database import Connection, Pool, open_pool
from chassis.errors import Fenced
from chassis.leases import Lease

pytestmark = pytest.mark.servers


@pytest.fixture
def dsn(database: Callable[[str], str]) -> str:
    return database("chassis")


@pytest.fixture
async def pool(dsn: str) -> AsyncIterator[Pool]:
    async with open_pool(dsn) as opened:
        yield opened


async def test_only_one_of_many_gets_a_free_lease(pool: Pool) -> None:
    """Guards the lease's expiry predicate."""
    epochs = await asyncio.gather(*[Lease(pool, "work").try_acquire() for _ in range(6)])
    assert sorted(epochs, key=str) == [1, None, None, None, None, None]


async def test_leases_of_other_names_do_not_disturb(pool: Pool) -> None:
    assert await Lease(pool, "one").try_acquire() == 1
    assert await Lease(pool, "two").try_acquire() == 1


async def test_a_lease_that_is_released_passes_on_with_the_next_epoch(pool: Pool) -> None:
    first, second = Lease(pool, "work"), Lease(pool, "work")
    epoch = await first.acquire()
    await first.release(epoch)
    assert await second.try_acquire() == epoch + 1
    with pytest.raises(Fenced):
        await first.renew(epoch)


async def test_a_lease_that_is_not_renewed_expires(pool: Pool) -> None:
    """Guards the lease's expiry."""
    first, second = Lease(pool, "work", seconds=0.3), Lease(pool, "work", seconds=5)
    epoch = await first.acquire()
    async with asyncio.timeout(5):
        assert await Lease(pool, "work", seconds=0.3).acquire() == epoch + 1
    with pytest.raises(Fenced):
        await first.renew(epoch)
    assert await second.try_acquire() is None


async def test_keeping_a_lease_holds_it_past_its_term_and_ends_when_it_is_taken(pool: Pool) -> None:
    """Guards renewal's epoch predicate."""
    lease = Lease(pool, "work", seconds=0.6)
    epoch = await lease.acquire()
    keeping = asyncio.create_task(lease.keep(epoch))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1.0):
            await Lease(pool, "work", seconds=0.3).acquire()
    async with pool.acquire() as connection:
        await connection.execute("UPDATE lease SET epoch = epoch + 1")
    with pytest.raises(Fenced):
        async with asyncio.timeout(5):
            await keeping


async def test_the_release_of_an_older_epoch_changes_nothing(pool: Pool) -> None:
    lease = Lease(pool, "work")
    epoch = await lease.acquire()
    await lease.release(epoch - 1)
    assert await lease.try_acquire() is None


class _FailingFirst:
    """A pool that fails a few times before it gives connections."""

    def __init__(self, pool: Pool, *failures: Exception) -> None:
        self._pool, self._failures = pool, list(failures)

    @property
    def apart(self) -> Pool:
        return self

    def acquire(self, *, timeout: float | None = None) -> AbstractAsyncContextManager[Connection]:
        if self._failures:
            raise self._failures.pop()
        return self._pool.acquire(timeout=timeout)


async def test_a_database_that_is_away_is_waited_for(pool: Pool) -> None:
    away = _FailingFirst(pool, ConnectionRefusedError(), asyncpg.CannotConnectNowError())
    async with asyncio.timeout(5):
        assert await Lease(away, "work", seconds=0.3).acquire() == 1


async def test_a_failure_that_does_not_pass_is_not_waited_for(pool: Pool) -> None:
    with pytest.raises(asyncpg.DivisionByZeroError):
        await Lease(_FailingFirst(pool, asyncpg.DivisionByZeroError()), "work").acquire()
