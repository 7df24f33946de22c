"""What only the log in PostgreSQL can show: append-only, fencing in transactions, guards, faults."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence

import asyncpg
import pytest
from chassis.database import Connection, Pool, open_pool
from chassis.errors import Fenced, TransientFailure
from chassis.log.appender import GroupCommit, append_within
from chassis.log.epoch import join_epoch, take_over
from chassis.log.errors import BrokenChain, DigestMismatch, LogUnavailable, UnstorableEvent, VersionConflict
from chassis.log.queue import Limits
from chassis.log.reader import read_after, read_event, read_partition, read_stream
from chassis.log.records import Refusal, Submission
from chassis.log.verify import verify_chain
from support.log_events import SOURCE, alone, an_event, receipts, refusals

pytestmark = pytest.mark.servers


@pytest.fixture
def dsn(database: Callable[[str], str]) -> str:
    return database("chassis")


@pytest.fixture
async def pool(dsn: str) -> AsyncIterator[Pool]:
    async with open_pool(dsn) as opened:
        yield opened


@pytest.fixture
async def connection(pool: Pool) -> AsyncIterator[Connection]:
    async with pool.acquire() as acquired:
        yield acquired


@pytest.mark.parametrize("change", ["UPDATE log SET body = ''", "DELETE FROM log", "TRUNCATE log"])
async def test_the_log_refuses_change(connection: Connection, change: str) -> None:
    """Guards the append-only trigger."""
    await append_within(connection, [an_event()], epoch=1)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await connection.execute(change)


async def test_appending_within_a_transaction_of_the_caller_is_undone_with_it(connection: Connection) -> None:
    with pytest.raises(DigestMismatch):
        async with connection.transaction():
            event = an_event()
            await append_within(connection, [event], epoch=1)
            await append_within(connection, [an_event(id=event.id, digest=b"other")], epoch=1)
    assert await read_after(connection, 0, limit=10) == []
    assert (await append_within(connection, [an_event()], epoch=1))[0].position == 1


async def test_appending_within_refuses_a_version_that_is_taken(connection: Connection) -> None:
    """Guards the version check."""
    await append_within(connection, [an_event(stream="promise/1", version=1)], epoch=1)
    with pytest.raises(VersionConflict):
        async with connection.transaction():
            await append_within(connection, [an_event(stream="promise/1", version=1)], epoch=1)


async def test_an_epoch_taken_over_fences_transactions_and_doors(pool: Pool, connection: Connection) -> None:
    """Guards the epoch predicate of the appender."""
    joined = await join_epoch(pool)
    async with GroupCommit(pool, joined) as door:
        newer = await take_over(pool)
        with pytest.raises(Fenced):
            async with connection.transaction():
                await append_within(connection, [an_event()], epoch=joined)
        with pytest.raises(Fenced):
            await door.append(alone(an_event()))
        with pytest.raises(Fenced):
            async with asyncio.timeout(5):
                await door.watch()
        with pytest.raises(Fenced):
            await door.append(alone(an_event()))
    assert [receipt.position for receipt in await append_within(connection, [an_event()], epoch=newer)] == [1]


async def test_reading_by_event_stream_and_partition(connection: Connection) -> None:
    events = [an_event(key="case-1"), an_event(stream="s", version=1), an_event(key="case-1"), an_event(key=None)]
    await append_within(connection, events, epoch=1)
    records = await read_after(connection, 0, limit=10)
    assert await read_event(connection, source=SOURCE, id=events[2].id) == records[2]
    assert await read_event(connection, source=SOURCE, id="unknown") is None
    assert await read_stream(connection, "s") == [records[1]]
    first = records[0]
    assert first.partition is not None
    assert await read_partition(connection, first.partition, after=1, limit=9) == [
        record for record in records[1:] if record.partition == first.partition
    ]
    assert len(await read_after(connection, 0, limit=10, upto_bytes=1)) == 1
    await append_within(connection, [an_event(body=b"x" * 500, private=b"x" * 500) for _ in range(3)], epoch=1)
    assert [one.position for one in await read_after(connection, 4, limit=10, upto_bytes=2000)] == [5, 6]


class Doubtful:
    """A guard that refuses what claims to be wrong, and writes what it admits."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    async def check(self, connection: Connection, submissions: Sequence[Submission]) -> Mapping[int, Refusal]:
        self.asked.append(len(submissions))
        wrong = {index for index, submission in enumerate(submissions) if submission.claims == "wrong"}
        for index, submission in enumerate(submissions):
            if index not in wrong:
                await connection.execute("INSERT INTO claim VALUES ($1)", submission.events[0].id)
        return {index: Refusal(DigestMismatch("guard", str(index))) for index in wrong}


async def test_the_guard_refuses_one_and_its_writes_go_with_what_it_admits(pool: Pool, connection: Connection) -> None:
    await connection.execute("CREATE TABLE claim (id text)")
    first, second = an_event(stream="s", version=1), an_event(stream="s", version=2)
    other, known = an_event(), an_event()
    async with GroupCommit(pool, 1, Doubtful()) as door:
        receipts(await door.append(alone(known)))
        wrong, dependent, fine, again = await door.append_all(
            [
                Submission((first,), claims="wrong"),
                Submission((second,), claims="right"),
                Submission((other,), claims="right"),
                alone(known),
            ]
        )
    assert isinstance(refusals(wrong)[0], DigestMismatch)
    assert isinstance(refusals(dependent)[0], VersionConflict)
    assert receipts(fine)[0].position == 2
    assert receipts(again)[0].duplicate
    assert [row["id"] for row in await connection.fetch("SELECT id FROM claim")] == [other.id]


async def test_what_postgres_cannot_store_is_refused_alone(pool: Pool) -> None:
    too_long = "".join(chr(0x4E00 + number * 7 % 20000) for number in range(9000))
    async with GroupCommit(pool, 1) as door:
        before, wrong, after = await door.append_all(
            [alone(an_event()), alone(an_event(id=too_long)), alone(an_event())]
        )
    assert isinstance(refusals(wrong)[0], UnstorableEvent)
    assert sorted([receipts(before)[0].position, receipts(after)[0].position]) == [1, 2]


async def test_a_backend_killed_in_mid_flight_costs_nobody_anything(pool: Pool, connection: Connection) -> None:
    events = [an_event() for _ in range(200)]
    async with GroupCommit(pool, 1) as door:
        appends = [asyncio.create_task(door.append(alone(event))) for event in events]
        for _ in range(3):
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        outcomes = await asyncio.gather(*appends, return_exceptions=True)
        for event, outcome in zip(events, outcomes, strict=True):
            if isinstance(outcome, TransientFailure):
                receipts(await door.append(alone(event)))
    records = await read_after(connection, 0, limit=1000)
    assert {record.id for record in records} == {event.id for event in events}
    assert verify_chain(records)[0] == len(events)


async def test_postgres_paused_gives_unavailable_in_time_and_a_full_queue_at_once(
    pool: Pool, connection: Connection
) -> None:
    limits = Limits(seconds=0.5, waiting_events=3)
    async with GroupCommit(pool, 1, limits=limits) as door:
        receipts(await door.append(alone(an_event())))
        held = connection.transaction()
        await held.start()
        await connection.execute("SELECT 1 FROM log_head FOR UPDATE")
        appends = [asyncio.create_task(door.append(alone(an_event()))) for _ in range(12)]
        async with asyncio.timeout(5):
            outcomes = await asyncio.gather(*appends, return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {LogUnavailable}
        await held.rollback()
        receipts(await door.append(alone(an_event())))
    assert verify_chain(await read_after(connection, 0, limit=100))[0] == 2


@pytest.mark.parametrize(
    ("tampering", "bad"),
    [
        ("UPDATE log SET body = 'other' WHERE position = 3", 3),
        ("UPDATE log SET recorded_at = recorded_at + interval '1 s' WHERE position = 2", 2),
        ("UPDATE log SET private = 'other' WHERE position = 4", 4),
        ("UPDATE log SET pseq = 99 WHERE position = 1", 1),
        ("DELETE FROM log WHERE position = 2", 2),
        ("UPDATE log SET traceparent = 'x', hash = decode(repeat('ab', 32), 'hex') WHERE position = 5", 5),
    ],
)
async def test_tampering_names_the_first_bad_position(connection: Connection, tampering: str, bad: int) -> None:
    """Guards the chain."""
    await append_within(connection, [an_event(private=b"state") for _ in range(5)], epoch=1)
    await connection.execute("ALTER TABLE log DISABLE TRIGGER USER")
    await connection.execute(tampering)
    with pytest.raises(BrokenChain) as broken:
        verify_chain(await read_after(connection, 0, limit=10))
    assert broken.value.position == bad
