"""Parked events: one that failed for good and all later ones of its key, in order, until the first can be applied.

`parked` holds the events, `parked_key` one row for each key that waits: when its first event is tried again, and why it
failed. An operator lists them with `parked_keys` and asks for an attempt now with `retry_parked`; the live consumer
makes it.
"""

from collections.abc import Collection, Iterable, Sequence
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
    """Make parked keys due now (all, a topic's or one); returns how many. The live consumer applies their events."""
    count: int = await connection.fetchval(_MAKE_DUE, consumer, topic, key)
    return count


async def name_keys(connection: Connection, consumer: str, topic: str) -> None:
    """Give those keys a row that an older release parked without one."""
    await connection.execute(_NAME_KEYS, consumer, topic)


async def count_keys(connection: Connection, consumer: str, topic: str) -> int:
    """Return how many keys of a topic have something parked."""
    count: int = await connection.fetchval(_COUNT, consumer, topic)
    return count


async def held_among(connection: Connection, consumer: str, topic: str, *, keys: Collection[str]) -> set[str]:
    """Return those of the keys that have something parked."""
    rows = await connection.fetch(_HELD, consumer, topic, list(keys))
    return {row["key"] for row in rows}


async def park(connection: Connection, consumer: str, failed: Sequence[Failed], *, first_seconds: float) -> int:
    """Write failed events down, in the transaction that moves the offset past them; returns how many keys are new.

    What is parked already stays as it is: after a restore a topic may be read again from further back.
    """
    columns = list(zip(*(_row(one) for one in failed), strict=True))
    await connection.execute(_PARK, consumer, first_seconds, *map(list, columns))
    topics, partitions, pseqs, keys, reasons, attempts = (list(columns[index]) for index in (0, 1, 2, 4, 8, 9))
    new: int = await connection.fetchval(
        _PARK_KEYS, consumer, first_seconds, topics, partitions, pseqs, keys, reasons, attempts
    )
    return new


async def due_keys(connection: Connection, consumer: str, topic: str, *, limit: int) -> list[DueKey]:
    """Return the keys that are due longest."""
    rows = await connection.fetch(_DUE, consumer, topic, limit)
    return [DueKey(row["key"], row["partition"], row["attempts"]) for row in rows]


async def waiting(connection: Connection, consumer: str, topic: str, *, key: str, limit: int) -> list[Arrival]:
    """Return the first parked events of a key, in order."""
    rows = await connection.fetch(_WAITING, consumer, topic, key, limit)
    return [Arrival(topic=topic, **dict(row)) for row in rows]


async def release(connection: Connection, consumer: str, topic: str, *, partition: int, pseqs: Iterable[int]) -> None:
    """Take applied events out of the park."""
    await connection.execute(_RELEASE, consumer, topic, partition, list(pseqs))


async def set_free(connection: Connection, consumer: str, topic: str, *, key: str) -> None:
    """Nothing of the key is parked any more."""
    await connection.execute(_SET_FREE, consumer, topic, key)


async def postpone(
    connection: Connection, consumer: str, topic: str, *, key: str, attempts: int, seconds: float, why: str | None
) -> None:
    """Record when a key is tried next, how often its first event failed by now, and why (None: as before)."""
    await connection.execute(_POSTPONE, consumer, topic, key, attempts, float(seconds), _storable(why))


def _row(failed: Failed) -> tuple[object, ...]:
    event = failed.event
    return (
        event.topic,
        event.partition,
        event.pseq,
        event.position,
        event.key,
        event.recorded_at,
        _storable(event.traceparent),
        event.body,
        _storable(failed.reason),
        int(failed.culprit),
    )


def _storable(text: str | None) -> str | None:
    return None if text is None else text.replace("\0", "")


_LIST = """
SELECT k.topic, k.key, (SELECT count(*) FROM parked p WHERE p.consumer = $1 AND p.topic = k.topic AND p.key = k.key)
    AS events, k.reason, k.attempts, k.parked_at, k.next_retry_at
FROM parked_key k WHERE k.consumer = $1 ORDER BY k.parked_at, k.topic, k.key
"""
_MAKE_DUE = """
WITH due AS (
    UPDATE parked_key SET next_retry_at = now()
    WHERE consumer = $1 AND ($2::text IS NULL OR topic = $2) AND ($3::text IS NULL OR key = $3)
    RETURNING 1
)
SELECT count(*) FROM due
"""
_NAME_KEYS = """
INSERT INTO parked_key (consumer, topic, key, partition, reason, attempts, parked_at, next_retry_at)
SELECT DISTINCT ON (key) consumer, topic, key, partition, reason, attempts, parked_at, next_retry_at
FROM parked p WHERE consumer = $1 AND topic = $2
    AND NOT EXISTS (SELECT FROM parked_key k WHERE k.consumer = $1 AND k.topic = $2 AND k.key = p.key)
ORDER BY key, pseq
"""
_COUNT = "SELECT count(*) FROM parked_key WHERE consumer = $1 AND topic = $2"
_HELD = "SELECT key FROM parked_key WHERE consumer = $1 AND topic = $2 AND key = ANY($3::text[])"
_PARK = """
INSERT INTO parked (consumer, next_retry_at, topic, partition, pseq, position, key, recorded_at, traceparent, body,
    reason, attempts)
SELECT $1, now() + make_interval(secs => $2), event.*
FROM unnest($3::text[], $4::integer[], $5::bigint[], $6::bigint[], $7::text[], $8::timestamptz[], $9::text[],
    $10::bytea[], $11::text[], $12::integer[]) AS event
ON CONFLICT (consumer, topic, partition, pseq) DO NOTHING
"""
_PARK_KEYS = """
WITH new AS (
    INSERT INTO parked_key (consumer, parked_at, next_retry_at, topic, key, partition, reason, attempts)
    SELECT DISTINCT ON (topic, key) $1, now(), now() + make_interval(secs => $2), event.topic, event.key,
        event.partition, event.reason, event.attempts
    FROM unnest($3::text[], $4::integer[], $5::bigint[], $6::text[], $7::text[], $8::integer[])
        AS event (topic, partition, pseq, key, reason, attempts)
    ORDER BY topic, key, pseq
    ON CONFLICT (consumer, topic, key) DO NOTHING
    RETURNING 1
)
SELECT count(*) FROM new
"""
_DUE = """
SELECT key, partition, attempts FROM parked_key
WHERE consumer = $1 AND topic = $2 AND next_retry_at <= now() ORDER BY next_retry_at LIMIT $3
"""
_WAITING = """
SELECT partition, pseq, position, key, recorded_at, traceparent, body FROM parked
WHERE consumer = $1 AND topic = $2 AND key = $3 ORDER BY pseq LIMIT $4
"""
_RELEASE = "DELETE FROM parked WHERE consumer = $1 AND topic = $2 AND partition = $3 AND pseq = ANY($4::bigint[])"
_SET_FREE = "DELETE FROM parked_key WHERE consumer = $1 AND topic = $2 AND key = $3"
_POSTPONE = """
UPDATE parked_key SET attempts = $4, next_retry_at = now() + make_interval(secs => $5), reason = coalesce($6, reason)
WHERE consumer = $1 AND topic = $2 AND key = $3
"""
