"""Nothing outside is called while a transaction is open."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

import httpx2
import pytest
from chassis.database import Connection, Pool, open_pool
from chassis.open_transactions import CalledInTransaction, refuse_within_transaction
from chassis.outward import OutwardClient
from chassis.timers import DueTimer, Timer, failed_timers
from support.timing import KIND, PostgresTiming

pytestmark = pytest.mark.servers


@pytest.fixture
async def pool(database: Callable[[str], str]) -> AsyncIterator[Pool]:
    async with open_pool(database("chassis")) as opened:
        yield opened


@pytest.fixture
async def http() -> AsyncIterator[OutwardClient]:
    def answers(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(204)

    async with OutwardClient(transport=httpx2.MockTransport(answers)) as opened:
        yield opened


async def test_a_call_in_a_transaction_is_refused_and_before_or_after_is_not(pool: Pool, http: OutwardClient) -> None:
    async with pool.acquire() as connection:
        await http.get("https://other.example.org")
        async with connection.transaction():
            with pytest.raises(CalledInTransaction):
                await http.get("https://other.example.org")
        await http.get("https://other.example.org")


async def test_a_task_started_in_a_transaction_may_not_call_until_that_has_ended(pool: Pool) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def calls_twice() -> None:
        with pytest.raises(CalledInTransaction):
            refuse_within_transaction()
        begun.set()
        await ended.wait()
        refuse_within_transaction()

    async with pool.acquire() as connection, connection.transaction():
        task = asyncio.create_task(calls_twice())
        await begun.wait()
    async with pool.acquire() as connection, connection.transaction():
        ended.set()
        await task


async def test_a_timer_s_handler_that_calls_outside_fails(pool: Pool, http: OutwardClient) -> None:
    """Guards every handler: what it calls, it calls as a CallingHandler."""

    class Calls:
        async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
            await http.get("https://other.example.org")

    timing = PostgresTiming(pool, {KIND: Calls()})
    await timing.set(Timer(KIND, "a", await timing.now()))
    await timing.fire_due()
    async with pool.acquire() as connection:
        [failed] = await failed_timers(connection)
    assert failed.failure.startswith("CalledInTransaction")
