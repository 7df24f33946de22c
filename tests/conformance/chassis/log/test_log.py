"""One suite for the log: in memory and in PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from typing import Protocol

import pytest
from chassis.database import Pool, open_pool
from chassis.errors import Fenced
from chassis.log.appender import GroupCommit
from chassis.log.epoch import take_over
from chassis.log.errors import DigestMismatch, UnstorableEvent, VersionConflict
from chassis.log.memory import MemoryLog
from chassis.log.partition import partition_of
from chassis.log.reader import read_after
from chassis.log.records import LogRecord, Receipt, Refusal, Submission
from chassis.log.verify import verify_chain
from chassis.testing.clock import FakeClock
from msgspec.structs import replace
from support.log_events import SOURCE, alone, an_event, receipts, refusals

EVERYTHING = 10_000


class Log(Protocol):
    """What both sides can do."""

    async def append(self, submission: Submission) -> Sequence[Receipt | Refusal]: ...

    async def append_all(self, submissions: Sequence[Submission]) -> list[Sequence[Receipt | Refusal]]: ...

    async def read(self) -> list[LogRecord]: ...

    async def take_over(self) -> None: ...


class FakeLog:
    def __init__(self) -> None:
        self._log = MemoryLog(FakeClock())
        door = self._log.joined()
        self.append, self.append_all = door.append, door.append_all

    async def read(self) -> list[LogRecord]:
        return self._log.read_after(0, limit=EVERYTHING)

    async def take_over(self) -> None:
        self._log.take_over()


class RealLog:
    def __init__(self, pool: Pool, door: GroupCommit) -> None:
        self._pool = pool
        self.append, self.append_all = door.append, door.append_all

    async def read(self) -> list[LogRecord]:
        async with self._pool.acquire() as connection:
            return await read_after(connection, 0, limit=EVERYTHING)

    async def take_over(self) -> None:
        await take_over(self._pool)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.servers)])
def where(request: pytest.FixtureRequest) -> str | None:
    """The DSN of a database, or None for the log in memory."""
    if request.param == "memory":
        return None
    database: Callable[[str], str] = request.getfixturevalue("database")
    return database("chassis")


@pytest.fixture
async def log(where: str | None) -> AsyncIterator[Log]:
    if where is None:
        yield FakeLog()
        return
    async with open_pool(where) as pool, GroupCommit(pool, 1) as door:
        yield RealLog(pool, door)


async def test_positions_are_contiguous_in_the_order_of_acceptance(log: Log) -> None:
    events = [an_event() for _ in range(5)]
    given = [receipts(await log.append(alone(event)))[0] for event in events]
    assert [receipt.position for receipt in given] == [1, 2, 3, 4, 5]
    assert [record.id for record in await log.read()] == [event.id for event in events]


async def test_what_is_read_is_what_was_given(log: Log) -> None:
    event = an_event(private=b'{"state":1}', traceparent="00-1-1-01", version=1, stream="promise/1")
    receipt = receipts(await log.append(alone(event)))[0]
    record = (await log.read())[0]
    for field in ("id", "source", "type", "stream", "version", "key", "occurred_at", "body", "digest", "private"):
        assert getattr(record, field) == getattr(event, field)
    assert (record.traceparent, record.hash, record.recorded_at) == ("00-1-1-01", receipt.hash, receipt.recorded_at)


async def test_sequence_numbers_are_contiguous_per_partition_and_skip_internal_events(log: Log) -> None:
    events = [an_event(key=None) if number % 3 == 0 else an_event() for number in range(30)]
    await log.append_all([alone(event) for event in events])
    seen: dict[int | None, list[int | None]] = {}
    for record in await log.read():
        seen.setdefault(record.partition, []).append(record.pseq)
        assert record.partition == (None if record.key is None else partition_of(record.key, 4))
    assert set(seen.pop(None)) == {None}
    for numbers in seen.values():
        assert numbers == list(range(1, len(numbers) + 1))


async def test_the_chain_verifies(log: Log) -> None:
    await log.append_all([alone(an_event(private=b"x" if n % 2 else None)) for n in range(20)])
    records = await log.read()
    assert verify_chain(records) == (20, records[-1].hash)


async def test_the_same_event_again_gives_the_first_receipt(log: Log) -> None:
    """Guards the duplicate check."""
    event = an_event()
    first = receipts(await log.append(alone(event)))[0]
    again = receipts(await log.append(alone(event)))[0]
    assert (again.position, again.hash, again.recorded_at) == (first.position, first.hash, first.recorded_at)
    assert (first.duplicate, again.duplicate) == (False, True)
    assert len(await log.read()) == 1


async def test_an_event_digested_under_an_older_key_is_the_same_and_under_another_is_not(log: Log) -> None:
    event = an_event(digest=b"of the old key")
    first = receipts(await log.append(alone(event)))[0]
    retry = replace(event, digest=b"of the new key", older_digests=(b"of an older key", b"of the old key"))
    assert receipts(await log.append(alone(retry)))[0] == replace(first, duplicate=True)
    refused = refusals(await log.append(alone(replace(retry, older_digests=(b"of an older key",)))))
    assert isinstance(refused[0], DigestMismatch)
    assert [record.digest for record in await log.read()] == [b"of the old key"]


async def test_the_same_event_twice_in_one_batch_is_recorded_once(log: Log) -> None:
    """Guards the duplicate check within a batch."""
    event = an_event()
    first, again = await log.append_all([alone(event), alone(event)])
    assert receipts(first)[0].position == receipts(again)[0].position == 1
    assert receipts(again)[0].duplicate
    assert len(await log.read()) == 1


async def test_the_same_id_with_other_content_is_refused_and_the_first_stays(log: Log) -> None:
    """Guards the digest comparison."""
    event = an_event()
    await log.append(alone(event))
    (error,) = refusals(await log.append(alone(an_event(id=event.id, digest=b"other"))))
    assert isinstance(error, DigestMismatch)
    assert (error.source, error.id) == (SOURCE, event.id)
    assert [record.digest for record in await log.read()] == [event.digest]


async def test_a_refused_submission_leaves_its_neighbours_and_no_hole(log: Log) -> None:
    """Guards setting refusals aside before numbering."""
    known = an_event()
    await log.append(alone(known))
    batch = [
        alone(an_event()),
        Submission((an_event(), an_event(id=known.id, digest=b"other"))),
        alone(an_event(stream="promise/9", version=7)),
        alone(an_event(type="nul\0")),
        alone(an_event()),
    ]
    before, mixed, early, unstorable, after = await log.append_all(batch)
    assert receipts(before)[0].position == 2
    assert receipts(after)[0].position == 3
    assert [type(error) for error in refusals(mixed)] == [DigestMismatch, DigestMismatch]
    assert [type(error) for error in refusals(early)] == [VersionConflict]
    assert [type(error) for error in refusals(unstorable)] == [UnstorableEvent]
    assert verify_chain(await log.read())[0] == 3


async def test_a_stream_takes_its_versions_in_order(log: Log) -> None:
    """Guards the version check."""
    first, second = an_event(stream="promise/1", version=1), an_event(stream="promise/1", version=2)
    assert [r.position for r in receipts(await log.append(Submission((first, second))))] == [1, 2]
    (error,) = refusals(await log.append(alone(an_event(stream="promise/1", version=2))))
    assert isinstance(error, VersionConflict)
    assert (error.expected, error.offered) == (3, 2)
    receipts(await log.append(alone(an_event(stream="promise/1", version=3))))


async def test_of_two_that_decided_on_the_same_version_one_is_refused(log: Log) -> None:
    """Guards the version check within a batch."""
    results = await asyncio.gather(
        *[log.append(alone(an_event(stream="promise/2", version=1))) for _ in range(5)],
    )
    recorded = [result[0] for result in results if isinstance(result[0], Receipt)]
    assert len(recorded) == 1
    assert len(await log.read()) == 1


async def test_ids_made_of_stream_and_version_conflict_as_versions(log: Log) -> None:
    event = an_event(id="promise/4/1", stream="promise/4", version=1)
    await log.append(alone(event))
    (error,) = refusals(await log.append(alone(an_event(id="promise/4/1", stream="promise/4", version=1))))
    assert isinstance(error, VersionConflict)


async def test_a_repeated_versioned_event_is_a_duplicate_and_no_conflict(log: Log) -> None:
    event = an_event(stream="promise/3", version=1)
    await log.append(alone(event))
    assert receipts(await log.append(alone(event)))[0].duplicate


async def test_the_time_of_recording_never_goes_back(log: Log) -> None:
    for _ in range(5):
        await log.append(alone(an_event()))
    times = [record.recorded_at for record in await log.read()]
    assert times == sorted(times)
    assert times[0].utcoffset() == timedelta(0)


async def test_a_door_of_an_older_epoch_is_fenced_and_writes_nothing(log: Log) -> None:
    """Guards the epoch predicate of the appender."""
    await log.append(alone(an_event()))
    await log.take_over()
    with pytest.raises(Fenced):
        await log.append(alone(an_event()))
    assert len(await log.read()) == 1
