"""The timers' loop on real PostgreSQL: doorbell, fence, crash, and the property that none is early, lost or doubled."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta

import pytest
from chassis.clock import SystemClock
from chassis.database import Connection, Pool, open_pool
from chassis.errors import Fenced
from chassis.leases import Lease
from chassis.timers import DueTimer, Timer, TimerHandler, TimerRunner, retry_failed, set_timer, set_timers
from chassis.timers.firing import BATCH
from chassis.timers.runner import LEASE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry
from support.consuming import until
from support.timing import KIND, Fired, PostgresTiming

pytestmark = pytest.mark.servers
HOUR = timedelta(hours=1)


@pytest.fixture
def dsn(database: Callable[[str], str]) -> str:
    return database("chassis")


@pytest.fixture
async def pool(dsn: str) -> AsyncIterator[Pool]:
    async with open_pool(dsn) as opened:
        yield opened


@pytest.fixture
def fired() -> Fired:
    return Fired()


@pytest.fixture
def timing(pool: Pool, fired: Fired) -> PostgresTiming:
    return PostgresTiming(pool, {KIND: fired})


@pytest.fixture
async def running(timing: PostgresTiming) -> AsyncIterator[PostgresTiming]:
    task = asyncio.create_task(timing.runner.run())

    async def leads() -> bool:
        return await timing.runner.ready() != "standby"

    await until(leads, what="a runner that leads")
    yield timing
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_the_first_failed_timer_and_an_unknown_kind_are_said(running: PostgresTiming, fired: Fired) -> None:
    """The gauges on which somebody is called."""
    fired.poison = {"a"}
    await running.set(Timer(KIND, "a", await running.now()))
    await running.set(Timer("of the next release", "b", await running.now()))

    async def said() -> bool:
        names = ("timers_failed_now", "timers_unknown_kinds")
        return [running.registry.get_sample_value(name) for name in names] == [1, 1]

    await until(said, what="gauges that say so")


async def wait_for(fired: Fired, count: int) -> float:
    started = time.monotonic()

    async def enough() -> bool:
        return len(fired.seen) >= count

    await until(enough, what=f"{count} timers fired")
    return time.monotonic() - started


async def test_the_doorbell_wakes_the_sleeper_for_an_earlier_timer(running: PostgresTiming, fired: Fired) -> None:
    now = await running.now()
    await running.set(Timer(KIND, "later", now + HOUR))
    await running.set(Timer(KIND, "soon", now + timedelta(milliseconds=100)))
    assert await wait_for(fired, 1) < 0.9
    assert fired.keys == ["soon"]


async def test_moving_the_clock_rings_the_timers(running: PostgresTiming, fired: Fired) -> None:
    await running.set(Timer(KIND, "a", await running.now() + 5 * HOUR))
    await running.advance(5 * HOUR)
    assert await wait_for(fired, 1) < 0.9


async def test_more_than_a_batch_fires_completely_and_in_due_order(running: PostgresTiming, fired: Fired) -> None:
    now = await running.now()
    timers = [Timer(KIND, f"{n:04}", now + HOUR + timedelta(seconds=n)) for n in range(BATCH * 2 + 7)]
    async with running.pool.acquire() as connection:
        await set_timers(connection, timers[::-1])
    await running.advance(3 * HOUR)
    await wait_for(fired, len(timers))
    assert fired.keys == [timer.key for timer in timers]


async def test_a_runner_whose_epoch_is_over_claims_nothing(timing: PostgresTiming, fired: Fired) -> None:
    """Guards the fence: remove the epoch from the claim and the zombie fires."""
    await timing.set(Timer(KIND, "a", await timing.now()))
    epoch = await Lease(timing.pool, LEASE, seconds=0.01).acquire()
    assert await Lease(timing.pool, LEASE, seconds=5).acquire() > epoch
    with pytest.raises(Fenced):
        await timing.runner.fire_due(epoch)
    assert fired.keys == []


async def test_a_crash_between_firing_and_commit_gives_the_timer_back(timing: PostgresTiming, fired: Fired) -> None:
    """Guards T3: nothing strands a claim."""
    await timing.set(Timer(KIND, "a", await timing.now()))
    epoch = await Lease(timing.pool, LEASE, seconds=60).acquire()

    class Crash(BaseException):
        pass

    class Crashing:
        async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
            raise Crash

    with pytest.raises(Crash):
        await runner(timing.pool, Crashing()).fire_due(epoch)
    await timing.runner.fire_due(epoch)
    assert fired.keys == ["a"]


async def test_a_handler_may_set_its_own_timer_again(pool: Pool, timing: PostgresTiming) -> None:
    class Heartbeat:
        def __init__(self) -> None:
            self.beats = 0

        async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
            self.beats += 1
            await set_timer(connection, Timer(KIND, timers[0].key, timers[0].due_at + HOUR))

    heart = Heartbeat()
    await timing.set(Timer(KIND, "a", await timing.now() + HOUR))
    epoch = await Lease(pool, LEASE, seconds=60).acquire()
    for _ in range(3):
        await timing.advance(HOUR)
        await runner(pool, heart).fire_due(epoch)
    assert heart.beats == 3


async def test_effects_and_the_timers_end_are_one_transaction(pool: Pool, timing: PostgresTiming) -> None:
    class WritesThenFails:
        async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
            await connection.execute("INSERT INTO effect DEFAULT VALUES")
            raise ValueError("a fault of ours")

    async with pool.acquire() as connection:
        await connection.execute("CREATE TABLE effect (at bigserial)")
    await timing.set(Timer(KIND, "a", await timing.now()))
    epoch = await Lease(pool, LEASE, seconds=60).acquire()
    await runner(pool, WritesThenFails()).fire_due(epoch)
    assert await timing.failed() == ["a"]
    async with pool.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM effect") == 0
        assert await retry_failed(connection, kind=KIND) == 1


async def test_a_table_that_is_changed_under_a_running_process_fails_no_timer(pool: Pool) -> None:
    """A plan of before the ALTER TABLE is refused in a transaction; the next try makes another."""

    class Reads:
        done = 0

        async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
            await connection.fetch("SELECT * FROM effect")
            self.done += 1

    handler = Reads()
    one = PostgresTiming(pool, {KIND: handler})
    async with pool.acquire() as connection:
        await connection.execute("CREATE TABLE effect (at bigserial)")
    for change in ("ADD COLUMN of text", "ADD COLUMN why text"):
        await one.set(Timer(KIND, "a", await one.now()))
        await one.fire_due()
        await one.fire_due()
        assert await one.failed() == []
        async with pool.acquire() as connection:
            await connection.execute(f"ALTER TABLE effect {change}")
    assert handler.done == 2


async def test_a_server_that_only_reads_fails_no_timer(pool: Pool, timing: PostgresTiming) -> None:
    class AfterAFailover:
        async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
            await connection.execute("SET TRANSACTION READ ONLY")
            await connection.execute("CREATE TABLE effect (at bigserial)")

    await timing.set(Timer(KIND, "a", await timing.now()))
    epoch = await Lease(pool, LEASE, seconds=60).acquire()
    await runner(pool, AfterAFailover()).fire_due(epoch)
    assert await timing.failed() == []
    assert await timing.cancel(kind=KIND, key="a")


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.sampled_from("abcd"), st.integers(0, 5)),
        st.tuples(st.just("cancel"), st.sampled_from("abcd"), st.just(0)),
        st.tuples(st.just("advance"), st.just(""), st.integers(0, 4)),
        st.tuples(st.just("fire"), st.just(""), st.just(0)),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_timer_is_early_lost_or_doubled(dsn: str, steps: list[tuple[str, str, int]]) -> None:
    """Guards the due predicate and the removal of what has fired; the model is a dictionary."""
    asyncio.run(follow_the_model(dsn, steps))


async def follow_the_model(dsn: str, steps: list[tuple[str, str, int]]) -> None:
    async with open_pool(dsn, size=3) as pool:
        await empty(pool)
        fired = Fired()
        timing = PostgresTiming(pool, {KIND: fired})
        model: dict[str, Timer] = {}
        for step, key, hours in [*steps, ("advance", "", 9), ("fire", "", 0)]:
            if step == "set":
                model[key] = Timer(KIND, key, await timing.now() + hours * HOUR)
                await timing.set(model[key])
            elif step == "cancel":
                assert await timing.cancel(kind=KIND, key=key) == (model.pop(key, None) is not None)
            elif step == "advance":
                await timing.advance(hours * HOUR)
            else:
                await fire_and_compare(timing, fired, model)
        assert not model


async def empty(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await connection.execute("TRUNCATE timer, lease")


async def fire_and_compare(timing: PostgresTiming, fired: Fired, model: dict[str, Timer]) -> None:
    fired.seen.clear()
    before = await timing.now()
    await timing.fire_due()
    due = sorted((one for one in model.values() if one.due_at <= before), key=lambda one: (one.due_at, one.key))
    assert fired.keys == [one.key for one in due]
    for one in due:
        del model[one.key]


def runner(pool: Pool, handler: TimerHandler) -> TimerRunner:
    return TimerRunner(pool, handlers={KIND: handler}, clock=SystemClock(), registry=CollectorRegistry())
