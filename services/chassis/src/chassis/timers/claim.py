"""What is due, and what becomes of it. Each statement that writes tests the epoch, and passes over rows in other hands.

Looking locks nothing. A timer is taken by deleting it, in the transaction that does what follows from it; so it comes
back by itself where that transaction ends otherwise, and one that was moved or cancelled meanwhile is not taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from chassis.database import Connection
from chassis.errors import Fenced
from chassis.failures import is_transient, reason
from chassis.timers.timer import DueTimer

# After so many tries what fails "for the moment" is failed: an hour of them, since the last are five minutes apart.
MOST_TRIES = 20
Failure = tuple[DueTimer, Exception]


class Lane(StrEnum):
    """New timers in the order in which they fell due, and apart from them those whose next try has come."""

    FIRST = "not_before IS NULL"
    AGAIN = "not_before <= now()"


@dataclass(frozen=True, slots=True)
class Term:
    """By which right timers are claimed."""

    lease: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How many timers stay for a next try, and how many of them are failed now and were not before."""

    kept: int = 0
    failed: int = 0


async def look(connection: Connection, term: Term, *, kinds: Iterable[str]) -> list[tuple[str, Lane]]:
    """Say which of these kinds have something due, and in which lane; raises Fenced when the epoch is over."""
    rows = await connection.fetch(_LOOK, term.lease, term.epoch, list(kinds))
    if not rows:
        raise Fenced(f"lease {term.lease} is no longer held in epoch {term.epoch}; leave the timers to its holder")
    return [(row["kind"], Lane[row["lane"]]) for row in rows if row["kind"] is not None]


async def due(connection: Connection, kind: str, lane: Lane, *, limit: int) -> list[DueTimer]:
    """Return timers of a kind: new ones longest due first, others in the order in which their next try came."""
    rows = await connection.fetch(_DUE[lane], kind, limit)
    return [DueTimer(kind, row["key"], row["due_at"], row["payload"], row["attempts"]) for row in rows]


async def take(connection: Connection, term: Term, timers: Sequence[DueTimer]) -> list[DueTimer]:
    """Take timers of one kind away, those that still stand as they were seen; returns them in due order."""
    kind = timers[0].kind
    rows = await connection.fetch(_TAKE, kind, *_as_seen(timers), term.lease, term.epoch)
    taken = [DueTimer(kind, row["key"], row["due_at"], row["payload"], row["attempts"]) for row in rows]
    return sorted(taken, key=lambda timer: (timer.due_at, timer.key))


async def keep(connection: Connection, term: Term, failures: Sequence[Failure]) -> Kept:
    """Record failures of one kind with a next try: after 1, 2, 4 ... 300 s of real time, hourly once one is failed."""
    timers = [timer for timer, _ in failures]
    for_good = [not is_transient(error) for _, error in failures]
    reasons = [reason(error) for _, error in failures]
    row = await connection.fetchrow(
        _KEEP, timers[0].kind, *_as_seen(timers), term.lease, term.epoch, for_good, reasons, MOST_TRIES
    )
    return Kept(row["kept"], row["failed"])


async def seconds_to_next(connection: Connection, *, kinds: Iterable[str]) -> float | None:
    """Return seconds of business time until the next new timer of these kinds falls due; None when none is set."""
    seconds: float | None = await connection.fetchval(_NEXT, list(kinds))
    return seconds


def unless_fenced(error: Exception) -> bool:
    """Whether a failure is written down: each is, but for that of a process that may not write any more."""
    return not isinstance(error, Fenced)


def _as_seen(timers: Sequence[DueTimer]) -> tuple[list[object], ...]:
    return (
        [timer.key for timer in timers],
        [timer.due_at for timer in timers],
        [timer.attempts for timer in timers],
        [msgspec.json.encode(timer.payload).decode() for timer in timers],
    )


_IS_DUE = "kind = known.kind AND {lane} AND due_at <= (SELECT business_now())"
_LOOK = f"""
SELECT due.kind, due.lane FROM (SELECT epoch FROM lease WHERE name = $1 AND epoch = $2) AS fence
LEFT JOIN LATERAL (
    SELECT known.kind, lanes.lane FROM unnest($3::text[]) AS known (kind), LATERAL (
        SELECT 'FIRST' AS lane WHERE EXISTS (SELECT FROM timer WHERE {_IS_DUE.format(lane=Lane.FIRST.value)})
        UNION ALL
        SELECT 'AGAIN' WHERE EXISTS (SELECT FROM timer WHERE {_IS_DUE.format(lane=Lane.AGAIN.value)})
    ) AS lanes
) AS due ON true
"""
_OF_KIND = """
SELECT key, due_at, payload, attempts FROM timer
WHERE kind = $1 AND {lane} AND due_at <= (SELECT business_now()) ORDER BY {order}, key LIMIT $2
"""
_DUE = {
    Lane.FIRST: _OF_KIND.format(lane=Lane.FIRST.value, order="due_at"),
    Lane.AGAIN: _OF_KIND.format(lane=Lane.AGAIN.value, order="not_before"),
}
# Found by key: without statistics the planner would read all of the kind for each piece. Locked by key; what another
# transaction has locked is left to a later turn: no wait for a row while holding one.
_HELD = """
WITH held AS MATERIALIZED (
    SELECT timer.key, seen.n FROM timer
    JOIN unnest($2::text[], $3::timestamptz[], $4::integer[], $5::text[])
        WITH ORDINALITY AS seen (key, due_at, attempts, payload, n)
        ON timer.key = seen.key AND timer.due_at = seen.due_at AND timer.attempts = seen.attempts
            AND timer.payload = seen.payload::jsonb
    WHERE timer.kind = $1 AND timer.key = ANY($2::text[])
        AND EXISTS (SELECT FROM lease WHERE name = $6 AND epoch = $7)
    ORDER BY timer.key FOR UPDATE OF timer SKIP LOCKED
)
"""
_TAKE = f"""{_HELD}
DELETE FROM timer USING held WHERE timer.kind = $1 AND timer.key = held.key
RETURNING timer.key, timer.due_at, timer.payload, timer.attempts
"""
_KEEP = f"""{_HELD}, kept AS (
    UPDATE timer SET
        attempts = attempts + 1,
        failed_at = CASE WHEN failing.now THEN coalesce(failed_at, now()) ELSE failed_at END,
        failure = CASE WHEN failing.now OR failed_at IS NOT NULL THEN failing.reason END,
        not_before = now() + CASE WHEN failing.now OR failed_at IS NOT NULL THEN interval '1 hour'
            ELSE make_interval(secs => least(300, 2 ^ least(attempts, 9))) END
    FROM held
    CROSS JOIN LATERAL (
        SELECT ($8::boolean[])[held.n] OR ($4::integer[])[held.n] + 1 >= $10, ($9::text[])[held.n]
    ) AS failing (now, reason)
    WHERE timer.kind = $1 AND timer.key = held.key
    RETURNING coalesce(failed_at = now(), false) AS newly
)
SELECT count(*) AS kept, count(*) FILTER (WHERE newly) AS failed FROM kept
"""
_NEXT = """
SELECT extract(epoch FROM min(next.due_at) - (SELECT business_now()))::float8
FROM unnest($1::text[]) AS known (kind), LATERAL (
    SELECT due_at FROM timer
    WHERE kind = known.kind AND not_before IS NULL AND due_at > (SELECT business_now()) ORDER BY due_at LIMIT 1
) AS next
"""
