"""The business clock: equal in all databases, forward only, and heard by the timers."""

from collections.abc import Callable
from datetime import timedelta

import asyncpg
import pytest
from sandbox.clock.moving import BusinessClock, ClockOnlyMovesForward

NEARLY = timedelta(seconds=5)


@pytest.fixture
def two(database: Callable[[str], str]) -> dict[str, str]:
    return {"intake": database("chassis"), "journey": database("chassis")}


async def business_times(databases: dict[str, str]) -> list[timedelta]:
    found = []
    for dsn in databases.values():
        connection = await asyncpg.connect(dsn)
        found.append(await connection.fetchval("SELECT ahead FROM business_clock"))
        await connection.close()
    return found


async def test_a_step_moves_all_databases_alike(two: dict[str, str]) -> None:
    clock = BusinessClock(two)
    before = await clock.now()
    after = await clock.advance_by(timedelta(days=3))
    assert timedelta(days=3) <= after - before < timedelta(days=3) + NEARLY
    assert await business_times(two) == [timedelta(days=3)] * 2


async def test_a_database_left_behind_catches_up(two: dict[str, str]) -> None:
    connection = await asyncpg.connect(two["journey"])
    await connection.execute("SELECT advance_clock(interval '2 hours')")
    await connection.close()
    await BusinessClock(two).advance_by(timedelta(hours=1))
    assert await business_times(two) == [timedelta(hours=3)] * 2


async def test_a_moment_that_has_passed_is_refused(two: dict[str, str]) -> None:
    clock = BusinessClock(two)
    with pytest.raises(ClockOnlyMovesForward):
        await clock.advance_to(await clock.now() - timedelta(minutes=1))
    moment = await clock.now() + timedelta(days=1)
    assert moment <= await clock.advance_to(moment) < moment + NEARLY
