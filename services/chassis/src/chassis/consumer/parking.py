"""Parked events: one that failed for good and all later ones of its key, in order, until the first can be applied.

An operator lists them with `parked_keys` and asks for an attempt now with `retry_parked`; the live consumer makes it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.consumer.events import Arrival
from chassis.consumer.isolation import Failed
from chassis.database import Connection


@dataclass(frozen=True, slots=True)
class ParkedKey:
    """One key that is stopped: its first event's reason and attempts, how many wait, and when it is tried again."""

    topic: str
    key: str
    events: int
    reason: str
    attempts: int
    parked_at: datetime
    next_retry_at: datetime


@dataclass(frozen=True, slots=True)
class DueKey:
    """A key whose first event is to be tried, and how often that one was tried."""

    name: str
    partition: int
    attempts: int


async def parked_keys(connection: Connection, *, consumer: str) -> list[ParkedKey]:
    """List what is parked, longest first."""
    rows = await connection.fetch(_LIST, consumer)
    return [ParkedKey(**dict(row)) for row in rows]


async def retry_parked(
    connection: Connection, *, consumer: str, topic: str | None = None, key: str | None = None
) -> int:
    """Make parked events due now (all, a topic's or a key's); returns how many. The live consumer applies them."""
    count: int = await connection.fetchval(_MAKE_DUE, consumer, topic, key)
    return count


async def held_keys(connection: Connection, consumer: str, topic: str) -> set[str]:
    """Return the keys of a topic that have something parked."""
    rows = await connection.fetch("SELECT DISTINCT key FROM parked WHERE consumer = $1 AND topic = $2", consumer, topic)
    return {row["key"] for row in rows}


async def park(connection: Connection, consumer: str, failed: Sequence[Failed], *, first_seconds: float) -> None:
    """Write failed events down, in the transaction that moves the offset past them."""
    columns = list(zip(*(_row(one) for one in failed), strict=True))
    await connection.execute(_PARK, consumer, first_seconds, *map(list, columns))


async def due_key(
    connection: Connection, consumer: str, topic: str, *, passed_over: Iterable[str] = ()
) -> DueKey | None:
    """Return the key whose first event is due longest."""
    row = await connection.fetchrow(_DUE, consumer, topic, list(passed_over))
    return None if row is None else DueKey(row["key"], row["partition"], row["attempts"])


async def waiting(connection: Connection, consumer: str, topic: str, *, key: str, limit: int) -> list[Arrival]:
    """Return the first parked events of a key, in order."""
    rows = await connection.fetch(_WAITING, consumer, topic, key, limit)
    return [Arrival(topic=topic, **dict(row)) for row in rows]


async def release(connection: Connection, consumer: str, topic: str, *, partition: int, pseqs: Iterable[int]) -> None:
    """Take applied events out of the park."""
    await connection.execute(_RELEASE, consumer, topic, partition, list(pseqs))


async def postpone(connection: Connection, consumer: str, failed: Failed, *, seconds: float) -> None:
    """Record another failed attempt and when the next one is due."""
    event = failed.event
    await connection.execute(
        _POSTPONE, consumer, event.topic, event.partition, event.pseq, failed.reason, float(seconds)
    )


def _row(failed: Failed) -> tuple[object, ...]:
    event = failed.event
    return (
        event.topic,
        event.partition,
        event.pseq,
        event.position,
        event.key,
        event.recorded_at,
        event.traceparent,
        event.body,
        failed.reason,
        int(failed.culprit),
    )


_LIST = """
SELECT topic, key, events, reason, attempts, parked_at, next_retry_at FROM (
    SELECT DISTINCT ON (topic, key) topic, key, reason, attempts, parked_at, next_retry_at,
        count(*) OVER (PARTITION BY topic, key) AS events
    FROM parked WHERE consumer = $1 ORDER BY topic, key, pseq
) AS heads ORDER BY parked_at, topic, key
"""
_MAKE_DUE = """
WITH due AS (
    UPDATE parked SET next_retry_at = now()
    WHERE consumer = $1 AND ($2::text IS NULL OR topic = $2) AND ($3::text IS NULL OR key = $3)
    RETURNING 1
)
SELECT count(*) FROM due
"""
_PARK = """
INSERT INTO parked (consumer, next_retry_at, topic, partition, pseq, position, key, recorded_at, traceparent, body,
    reason, attempts)
SELECT $1, now() + make_interval(secs => $2), event.*
FROM unnest($3::text[], $4::integer[], $5::bigint[], $6::bigint[], $7::text[], $8::timestamptz[], $9::text[],
    $10::bytea[], $11::text[], $12::integer[]) AS event
"""
_DUE = """
SELECT key, partition, attempts FROM (
    SELECT DISTINCT ON (key) key, partition, attempts, next_retry_at
    FROM parked WHERE consumer = $1 AND topic = $2 ORDER BY key, pseq
) AS heads WHERE next_retry_at <= now() AND key <> ALL($3::text[]) ORDER BY next_retry_at LIMIT 1
"""
_WAITING = """
SELECT partition, pseq, position, key, recorded_at, traceparent, body FROM parked
WHERE consumer = $1 AND topic = $2 AND key = $3 ORDER BY pseq LIMIT $4
"""
_RELEASE = "DELETE FROM parked WHERE consumer = $1 AND topic = $2 AND partition = $3 AND pseq = ANY($4::bigint[])"
_POSTPONE = """
UPDATE parked SET attempts = attempts + 1, reason = $5, next_retry_at = now() + make_interval(secs => $6)
WHERE consumer = $1 AND topic = $2 AND partition = $3 AND pseq = $4
"""
