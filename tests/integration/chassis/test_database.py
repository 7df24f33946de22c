"""A connection goes back to the pool only when the next one can use it."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import pytest
from chassis.database import Connection, open_pool
from support.wire import wire_to


async def _broken_off(connection: Connection) -> None:
    async with asyncio.timeout(0.05):
        await connection.execute("SELECT pg_sleep(30)")


async def _refused(connection: Connection) -> None:
    async with connection.transaction():
        await connection.execute("SELECT 1 / 0")


async def _failed_by_its_user(connection: Connection) -> None:
    await connection.execute("BEGIN")
    await connection.execute("CREATE TEMPORARY TABLE left_behind ()")
    raise LookupError


@pytest.mark.parametrize("use", [_broken_off, _refused, _failed_by_its_user])
async def test_after_a_failure_the_next_user_of_the_pool_finds_a_sound_connection(
    database: Callable[[str], str], use: Callable[[Connection], Awaitable[None]]
) -> None:
    async with open_pool(database("chassis"), size=1) as pool:
        with pytest.raises((TimeoutError, asyncpg.DivisionByZeroError, LookupError)):
            async with pool.acquire() as connection:
                await use(connection)
        async with pool.acquire(timeout=5) as connection:
            assert await connection.fetchval("SELECT to_regclass('left_behind')") is None
            assert await connection.fetchval("SELECT pg_current_xact_id_if_assigned()") is None


async def test_a_user_cancelled_in_mid_statement_leaves_none_that_is_busy(database: Callable[[str], str]) -> None:
    async with open_pool(database("chassis"), size=1) as pool:

        async def sleep() -> None:
            async with pool.acquire() as connection:
                started.set()
                await connection.execute("SELECT pg_sleep(30)")

        for _ in range(3):
            started = asyncio.Event()
            sleeping = asyncio.create_task(sleep())
            await started.wait()
            await asyncio.sleep(0)
            sleeping.cancel()
            await asyncio.wait([sleeping])
            async with pool.acquire(timeout=5) as connection:
                assert await connection.fetchval("SELECT 1") == 1


async def test_who_is_cancelled_in_a_transaction_does_not_wait_for_a_server_that_is_stuck(
    database: Callable[[str], str],
) -> None:
    """Guards the bound on undoing; what is not undone in time is undone by the end of the connection."""
    async with wire_to(database("chassis")) as wire, open_pool(wire.dsn, size=1) as pool:
        begun = asyncio.Event()

        async def work() -> None:
            async with pool.acquire() as connection, connection.transaction():
                await connection.execute("SELECT 1")
                begun.set()
                await asyncio.Event().wait()

        working = asyncio.create_task(work())
        await begun.wait()
        await wire.cut()
        working.cancel()
        await asyncio.wait([working], timeout=4)
        assert working.cancelled(), working
        async with pool.acquire(timeout=5) as connection:
            assert await connection.fetchval("SELECT 1") == 1
