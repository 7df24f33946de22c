"""Timers that are failed: tried again hourly, listed for a person, and made due at once when a person says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chassis.database import Connection


@dataclass(frozen=True, slots=True)
class FailedTimer:
    """A timer whose handler refused it, or failed for the moment too often."""

    kind: str
    key: str
    due_at: datetime
    failed_at: datetime
    failure: str
    attempts: int


@dataclass(frozen=True, slots=True)
class FailedKind:
    """How many timers of a kind are failed for the same reason, and since when the first."""

    kind: str
    failure: str
    count: int
    since: datetime


async def failed_by_reason(connection: Connection) -> list[FailedKind]:
    """Count failed timers by kind and reason; names none of them."""
    return [FailedKind(**dict(row)) for row in await connection.fetch(_BY_REASON)]


async def failed_timers(connection: Connection, *, limit: int = 100) -> list[FailedTimer]:
    """List failed timers, those due longest first."""
    rows = await connection.fetch(_LIST, limit)
    return [FailedTimer(**dict(row)) for row in rows]


async def retry_failed(connection: Connection, *, kind: str | None = None) -> int:
    """Make failed timers (of one kind) due again; returns how many."""
    count: int = await connection.fetchval(_RETRY, kind)
    return count


async def failed_now(connection: Connection) -> int:
    """Count the timers that are failed now."""
    count: int = await connection.fetchval("SELECT count(*) FROM timer WHERE failed_at IS NOT NULL")
    return count


async def kinds_but(connection: Connection, known: Iterable[str]) -> list[str]:
    """Return the kinds of which there are timers, but for those that are known."""
    return [row["kind"] for row in await connection.fetch(_KINDS_BUT, list(known))]


_LIST = """
SELECT kind, key, due_at, failed_at, failure, attempts FROM timer
WHERE failed_at IS NOT NULL ORDER BY due_at, kind, key LIMIT $1
"""
_BY_REASON = """
SELECT kind, coalesce(failure, '') AS failure, count(*) AS count, min(failed_at) AS since FROM timer
WHERE failed_at IS NOT NULL GROUP BY kind, coalesce(failure, '')
"""
_RETRY = """
WITH again AS (
    UPDATE timer SET failed_at = NULL, failure = NULL, attempts = 0, not_before = NULL
    WHERE failed_at IS NOT NULL AND ($1::text IS NULL OR kind = $1)
    RETURNING 1
), rung AS (SELECT pg_notify('timer_set', ''))
SELECT count(*) FROM again, rung
"""
# From kind to kind by the index, not through every timer.
_KINDS_BUT = """
WITH RECURSIVE kinds AS (
    (SELECT kind FROM timer ORDER BY kind LIMIT 1)
    UNION ALL
    SELECT (SELECT kind FROM timer WHERE kind > kinds.kind ORDER BY kind LIMIT 1)
    FROM kinds WHERE kinds.kind IS NOT NULL
)
SELECT kind FROM kinds WHERE kind IS NOT NULL AND kind <> ALL($1::text[])
"""
