"""What a service cannot get done by itself, for the person on call: failed timers, parked keys, stopped partitions.

Timers and keys are tried again without anybody, timers hourly; `retry` makes it now. A partition that stopped waits for
`python -m chassis.consumer go-on`. Nothing that is said names a person: kinds
and topics, how many, and reasons, which are our own words or the name of an error.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from chassis.consumer.offsets import all_stopped
from chassis.consumer.parking import ParkedKey, parked_keys, retry_parked
from chassis.database import Connection, open_pool
from chassis.timers.failed import failed_by_reason, retry_failed


@dataclass(frozen=True, slots=True)
class Stuck:
    """So many of a sort, all for the same reason, the first of them `since`."""

    count: int
    of: str
    since: datetime
    reason: str

    def __str__(self) -> str:
        return f"{self.count} {self.of}, since {self.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC: {self.reason}"


@dataclass(frozen=True, slots=True)
class Retry:
    """What to try again now: everything, the timers of a kind, or the parked keys of a topic or one of them."""

    kind: str | None = None
    topic: str | None = None
    key: str | None = None


async def list_stuck(database_url: str) -> list[Stuck]:
    """List what is stuck in a service's database, longest first."""
    async with open_pool(database_url, size=1) as pool, pool.acquire() as connection:
        timers = [
            Stuck(one.count, f"timers of {one.kind}", one.since, one.failure)
            for one in await failed_by_reason(connection)
        ]
        keys = [
            stuck
            for consumer in await _consumers(connection)
            for stuck in _by_reason(await parked_keys(connection, consumer=consumer))
        ]
        stopped = [
            Stuck(1, f"partition of {one.topic}, number {one.partition}", one.since, one.why)
            for one in await all_stopped(connection)
        ]
    return sorted([*timers, *keys, *stopped], key=lambda stuck: stuck.since)


async def retry_stuck(database_url: str, what: Retry) -> tuple[int, int]:
    """Make it due now; returns how many timers and how many keys. The serving process tries them."""
    timers, keys = 0, 0
    async with open_pool(database_url, size=1) as pool, pool.acquire() as connection:
        if what.topic is None:
            timers = await retry_failed(connection, kind=what.kind)
        if what.kind is None:
            for consumer in await _consumers(connection):
                keys += await retry_parked(connection, consumer=consumer, topic=what.topic, key=what.key)
    return timers, keys


def _by_reason(parked: Iterable[ParkedKey]) -> Iterator[Stuck]:
    groups: defaultdict[tuple[str, str], list[ParkedKey]] = defaultdict(list)
    for one in parked:
        groups[one.topic, one.reason].append(one)
    for (topic, reason), keys in groups.items():
        events = sum(one.events for one in keys)
        yield Stuck(len(keys), f"keys of {topic} with {events} events", min(one.parked_at for one in keys), reason)


async def _consumers(connection: Connection) -> list[str]:
    rows = await connection.fetch("SELECT DISTINCT consumer FROM consumer_offset ORDER BY consumer")
    return [row["consumer"] for row in rows]
