"""A background task that is cancelled ends at once, also where its connections are ended at the same moment."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg
import pytest
from chassis.database import open_pool
from chassis.errors import Fenced
from intake.documents import expiry_rounds, waiting_alarms
from notifications.reports import reconciling
from support.background import TASKS, Place
from support.deadline import until
from witness_care.due import neglect_alarms

pytestmark = pytest.mark.servers
ENDS_WITHIN_SECONDS = 1.0
# How many turns of the event loop lie between the end of its backends and the task's cancellation.
TURNS = (0, 1, 2, 4, 8, 200)
_ITS_OWN = "datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that those that look now and then are met as they look."""
    monkeypatch.setattr(expiry_rounds, "EVERY_SECONDS", 0.001)
    monkeypatch.setattr(reconciling, "EVERY_SECONDS", 0.001)
    monkeypatch.setattr(waiting_alarms, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr(neglect_alarms, "LOOK_SECONDS", 0.001)


@pytest.mark.parametrize("name", TASKS)
async def test_it_ends_within_a_second(name: str, database: Callable[[str], str], kafka_bootstrap: str) -> None:
    """Guards the cancellation's place before what a lost connection raises."""
    wanted = TASKS[name]
    dsn = database(wanted.database)
    async with watching(dsn) as watcher:
        for turns in TURNS:
            async with open_pool(dsn) as pool:
                task = asyncio.ensure_future(wanted.made(Place(pool, dsn, kafka_bootstrap))())
                await until(lambda: says(watcher, wanted.says), f"{name} says {wanted.says}")
                await watcher.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {_ITS_OWN}")
                for _ in range(turns):
                    await asyncio.sleep(0)
                assert not task.done(), f"it ended by itself: {task.exception()!r}"
                task.cancel()
                await asyncio.wait([task], timeout=ENDS_WITHIN_SECONDS)
                assert task.cancelled(), f"{turns} turns after its connections were ended, {task!r}"
            await watcher.execute("UPDATE lease SET expires_at = clock_timestamp()")


@pytest.mark.parametrize("name", ["a consumer", "the timers", "a relay"])
async def test_a_leader_whose_lease_passed_on_as_its_connections_were_ended_says_so(
    name: str, database: Callable[[str], str], kafka_bootstrap: str
) -> None:
    """A lease is renewed every third of its term, which is six seconds at most."""
    wanted = TASKS[name]
    dsn = database(wanted.database)
    async with watching(dsn) as watcher, open_pool(dsn) as pool:
        task = asyncio.ensure_future(wanted.made(Place(pool, dsn, kafka_bootstrap))())
        await until(lambda: says(watcher, wanted.says), f"{name} says {wanted.says}")
        await watcher.execute("UPDATE lease SET epoch = epoch + 1, expires_at = 'infinity'")
        await watcher.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {_ITS_OWN}")
        await asyncio.wait([task], timeout=8)
        assert task.done(), "it goes on"
        assert isinstance(task.exception(), Fenced)


@asynccontextmanager
async def watching(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        await connection.close()


async def says(watcher: asyncpg.Connection, words: str) -> bool:
    found: bool = await watcher.fetchval(
        f"SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE {_ITS_OWN} AND position($1 in query) > 0)", words
    )
    return found
