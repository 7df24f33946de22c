"""What a look at the timers reads and what taking them locks, on real PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from chassis.clock import SystemClock
from chassis.database import Connection, Pool, open_pool
from chassis.leases import Lease
from chassis.timers import Timer, set_timer, set_timers
from chassis.timers.claim import Lane, Term, due, keep, look, seconds_to_next, take
from chassis.timers.runner import LEASE
from support.timing import KIND

pytestmark = pytest.mark.servers
HOUR = timedelta(hours=1)
STUCK = "stuck"


@pytest.fixture
async def pool(database: Callable[[str], str]) -> AsyncIterator[Pool]:
    async with open_pool(database("chassis")) as opened:
        yield opened


@pytest.fixture
async def term(pool: Pool) -> Term:
    return Term(LEASE, await Lease(pool, LEASE, seconds=60).acquire())


async def set_due(connection: Connection, *keys: str) -> None:
    await set_timers(connection, [Timer(KIND, key, SystemClock().now() - HOUR) for key in keys])


async def test_a_timer_that_one_takes_no_other_takes_nor_waits_for(pool: Pool, term: Term) -> None:
    """Guards SKIP LOCKED: two that take at once share nothing and don't wait for each other."""
    async with pool.acquire() as one, pool.acquire() as two:
        await set_due(one, *"abcd")
        timers = await due(one, KIND, Lane.FIRST, limit=9)
        async with one.transaction(), two.transaction():
            mine = await take(one, term, timers[:3])
            theirs = await take(two, term, timers)
    assert [[timer.key for timer in taken] for taken in (mine, theirs)] == [["a", "b", "c"], ["d"]]


async def test_a_timer_that_was_moved_or_cancelled_since_it_was_seen_is_not_taken(pool: Pool, term: Term) -> None:
    """Guards that nothing fires early: between looking and taking, no row is locked."""
    async with pool.acquire() as connection:
        await set_due(connection, *"abc")
        timers = await due(connection, KIND, Lane.FIRST, limit=9)
        await set_timer(connection, Timer(KIND, "a", SystemClock().now() + HOUR))
        await connection.execute("DELETE FROM timer WHERE key = 'b'")
        assert [timer.key for timer in await take(connection, term, timers)] == ["c"]


async def test_of_an_epoch_that_is_over_nothing_is_taken_nor_put_off(pool: Pool, term: Term) -> None:
    """Guards the fence of both writes: a process that was paused after its look does nothing."""
    async with pool.acquire() as connection:
        await set_due(connection, "a")
        timers = await due(connection, KIND, Lane.FIRST, limit=9)
        await connection.execute("UPDATE lease SET epoch = epoch + 1")
        assert await take(connection, term, timers) == []
        assert (await keep(connection, term, [(timers[0], ValueError())])).kept == 0
        assert len(await due(connection, KIND, Lane.FIRST, limit=9)) == 1


@pytest.mark.parametrize("waiting", [0, 100_000])
async def test_a_look_reads_as_few_rows_with_many_that_wait_for_their_next_try_as_with_none(
    pool: Pool, term: Term, waiting: int
) -> None:
    """A provider that is down makes no look dearer, nor one for the next that falls due."""
    async with pool.acquire() as connection:
        await connection.execute(_POSTPONED, waiting)
        await set_timer(connection, Timer(STUCK, "fresh", SystemClock().now() - HOUR))
        await connection.execute("VACUUM ANALYZE timer")
    async with pool.acquire() as connection, connection.transaction():
        before = await connection.fetchval(_ROWS_READ)
        assert await look(connection, term, kinds=[STUCK]) == [(STUCK, Lane.FIRST)]
        assert [one.key for one in await due(connection, STUCK, Lane.FIRST, limit=9)] == ["fresh"]
        assert await due(connection, STUCK, Lane.AGAIN, limit=9) == []
        assert await seconds_to_next(connection, kinds=[STUCK]) is None
        assert await connection.fetchval(_ROWS_READ) - before <= 8


async def test_taking_a_piece_reads_no_more_rows_of_many_that_are_due_than_it_takes(pool: Pool, term: Term) -> None:
    """Guards the way back from an outage: without statistics the planner would read all of the kind for each piece."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_OVERDUE, KIND)
        timers = await due(connection, KIND, Lane.FIRST, limit=500)
        before = await connection.fetchval(_ROWS_READ)
        assert len(await take(connection, term, timers)) == 500
        assert await connection.fetchval(_ROWS_READ) - before <= 2000


async def test_a_timer_that_was_put_off_is_seen_at_its_next_try_and_not_before(pool: Pool, term: Term) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_POSTPONED, 3)
        assert await look(connection, term, kinds=[STUCK]) == []
        assert await due(connection, STUCK, Lane.AGAIN, limit=9) == []
        await connection.execute("UPDATE timer SET not_before = now() - due_at::time WHERE key <> 'stuck-2'")
        assert await look(connection, term, kinds=[STUCK]) == [(STUCK, Lane.AGAIN)]
        assert len(await due(connection, STUCK, Lane.AGAIN, limit=9)) == 2


async def test_each_failure_has_a_next_try_and_the_tries_come_further_apart(pool: Pool, term: Term) -> None:
    async with pool.acquire() as connection:
        await set_due(connection, "a")
        pauses: list[float] = []
        for error in [TimeoutError()] * 3 + [ValueError()]:
            lane = Lane.AGAIN if pauses else Lane.FIRST
            await keep(connection, term, [(one, error) for one in await due(connection, KIND, lane, limit=9)])
            pauses.append(await connection.fetchval("SELECT extract(epoch FROM not_before - now())::float8 FROM timer"))
            await connection.execute("UPDATE timer SET not_before = now()")
    assert [round(pause) for pause in pauses] == [1, 2, 4, 3600]


_POSTPONED = """
INSERT INTO timer (kind, key, due_at, attempts, not_before)
SELECT 'stuck', 'stuck-' || n, business_now() - n * interval '1 second', 3, now() + interval '5 minutes'
FROM generate_series(1, $1::integer) AS n
"""
_OVERDUE = """
INSERT INTO timer (kind, key, due_at) SELECT $1, n::text, now() - interval '1 hour' FROM generate_series(1, 20000) AS n
"""
_ROWS_READ = "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'timer'"
