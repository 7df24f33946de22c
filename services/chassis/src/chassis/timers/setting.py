"""Setting and cancelling timers, inside the caller's transaction."""

from collections.abc import Sequence

import msgspec

from chassis.database import Connection
from chassis.timers.timer import Timer


async def set_timer(connection: Connection, timer: Timer) -> None:
    """Set a timer, in place of one with the same kind and key (its failures are forgotten)."""
    await set_timers(connection, [timer])


async def set_timers(connection: Connection, timers: Sequence[Timer]) -> None:
    """Set many at once; of two with the same kind and key the last counts. Rings the doorbell if one is the next."""
    distinct = {(timer.kind, timer.key): timer for timer in timers}
    if not distinct:
        return
    # In one order everywhere, so that two transactions setting the same timers do not deadlock.
    wanted = [distinct[name] for name in sorted(distinct)]
    await connection.execute(
        _SET,
        [timer.kind for timer in wanted],
        [timer.key for timer in wanted],
        [timer.due_at for timer in wanted],
        [msgspec.json.encode(timer.payload).decode() for timer in wanted],
    )
    earliest = {timer.kind: timer.due_at for timer in sorted(wanted, key=lambda timer: timer.due_at, reverse=True)}
    await connection.execute(_RING, list(earliest), list(earliest.values()))


async def cancel_timer(connection: Connection, *, kind: str, key: str) -> bool:
    """Take a timer back; false when there was none (never set, cancelled or fired)."""
    row = await connection.fetchval("DELETE FROM timer WHERE kind = $1 AND key = $2 RETURNING key", kind, key)
    return row is not None


class PostgresTimers:
    """The timers of one transaction, as the port `TimerStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def set(self, timer: Timer) -> None:
        await set_timer(self._connection, timer)

    async def cancel(self, *, kind: str, key: str) -> bool:
        return await cancel_timer(self._connection, kind=kind, key=key)


_SET = """
INSERT INTO timer AS t (kind, key, due_at, payload)
SELECT kind, key, due_at, payload::jsonb
FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) AS wanted (kind, key, due_at, payload)
ON CONFLICT (kind, key) DO UPDATE SET due_at = excluded.due_at, payload = excluded.payload,
    attempts = 0, not_before = NULL, failed_at = NULL, failure = NULL
"""
# Overdue rows don't count: the runner is about to take them, and may have looked for the next one already.
_RING = """
SELECT pg_notify('timer_set', '') WHERE EXISTS (
    SELECT FROM unnest($1::text[], $2::timestamptz[]) AS earliest (kind, due_at) WHERE NOT EXISTS (
        SELECT FROM timer
        WHERE timer.kind = earliest.kind AND not_before IS NULL
            AND timer.due_at > (SELECT business_now()) AND timer.due_at < earliest.due_at
    )
)
"""
