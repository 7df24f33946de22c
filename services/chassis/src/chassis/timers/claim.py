"""Claiming what is due: one statement tests the fence and locks up to 500 rows that nobody else has locked."""

from collections.abc import Sequence

from chassis.database import Connection
from chassis.errors import Fenced
from chassis.timers.timer import DueTimer

BATCH = 500


async def claim_due(connection: Connection, *, lease: str, epoch: int, limit: int = BATCH) -> list[DueTimer]:
    """Lock the timers that are due, in due order, for this transaction; raises Fenced when the epoch is over."""
    rows = await connection.fetch(_CLAIM, lease, epoch, limit)
    if not rows:
        raise Fenced(f"lease {lease} is no longer held in epoch {epoch}; leave the timers to its holder")
    return [
        DueTimer(row["kind"], row["key"], row["due_at"], row["payload"], row["attempts"])
        for row in rows
        if row["kind"] is not None
    ]


async def remove(connection: Connection, timers: Sequence[DueTimer]) -> None:
    """Take claimed timers away; with the transaction they have fired."""
    await connection.execute(_REMOVE, *_names(timers))


async def postpone(connection: Connection, timers: Sequence[DueTimer]) -> None:
    """Record a transient failure: next attempt after 1, 2, 4 ... at most 300 s of real time."""
    await connection.execute(_POSTPONE, *_names(timers))


async def fail(connection: Connection, timer: DueTimer, *, failure: str) -> None:
    """Record that a timer cannot be handled; it stays for a person."""
    await connection.execute(_FAIL, timer.kind, timer.key, failure)


async def seconds_to_next(connection: Connection) -> float | None:
    """Return seconds of business time until the next timer falls due; None when none is set."""
    seconds: float | None = await connection.fetchval(_NEXT)
    return seconds


def _names(timers: Sequence[DueTimer]) -> tuple[list[str], list[str]]:
    return [timer.kind for timer in timers], [timer.key for timer in timers]


_CLAIM = """
SELECT due.* FROM (SELECT epoch FROM lease WHERE name = $1 AND epoch = $2) AS fence
LEFT JOIN LATERAL (
    SELECT * FROM (
        SELECT kind, key, due_at, payload, attempts FROM timer
        WHERE failed_at IS NULL AND not_before IS NULL AND due_at <= (SELECT business_now())
        ORDER BY due_at, kind, key LIMIT $3 FOR UPDATE SKIP LOCKED
    ) AS first_time
    UNION ALL
    SELECT * FROM (
        SELECT kind, key, due_at, payload, attempts FROM timer
        WHERE failed_at IS NULL AND not_before <= now() AND due_at <= (SELECT business_now())
        ORDER BY not_before, kind, key LIMIT $3 FOR UPDATE SKIP LOCKED
    ) AS again
    ORDER BY due_at, kind, key LIMIT $3
) AS due ON true
"""
_REMOVE = """
DELETE FROM timer USING unnest($1::text[], $2::text[]) AS fired (kind, key)
WHERE timer.kind = fired.kind AND timer.key = fired.key
"""
_POSTPONE = """
UPDATE timer SET attempts = attempts + 1, not_before = now() + make_interval(secs => least(300, 2 ^ least(attempts, 9)))
FROM unnest($1::text[], $2::text[]) AS stuck (kind, key)
WHERE timer.kind = stuck.kind AND timer.key = stuck.key
"""
_FAIL = "UPDATE timer SET failed_at = now(), failure = $3 WHERE kind = $1 AND key = $2"
_NEXT = """
SELECT extract(epoch FROM due_at - (SELECT business_now()))::float8 FROM timer
WHERE failed_at IS NULL AND not_before IS NULL AND due_at > (SELECT business_now()) ORDER BY due_at LIMIT 1
"""
