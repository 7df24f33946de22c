"""Timers that ended in the recorded failed state: listed for a person, and tried again when a person says so."""

from dataclasses import dataclass
from datetime import datetime

from chassis.database import Connection


@dataclass(frozen=True, slots=True)
class FailedTimer:
    """A timer whose handler refused it for good."""

    kind: str
    key: str
    due_at: datetime
    failed_at: datetime
    failure: str


async def failed_timers(connection: Connection, *, limit: int = 100) -> list[FailedTimer]:
    """List failed timers, those due longest first."""
    rows = await connection.fetch(_LIST, limit)
    return [FailedTimer(**dict(row)) for row in rows]


async def retry_failed(connection: Connection, *, kind: str | None = None) -> int:
    """Make failed timers (of one kind) due again; returns how many."""
    count: int = await connection.fetchval(_RETRY, kind)
    return count


_LIST = """
SELECT kind, key, due_at, failed_at, failure FROM timer WHERE failed_at IS NOT NULL ORDER BY due_at, kind, key LIMIT $1
"""
_RETRY = """
WITH again AS (
    UPDATE timer SET failed_at = NULL, failure = NULL, attempts = 0, not_before = NULL
    WHERE failed_at IS NOT NULL AND ($1::text IS NULL OR kind = $1)
    RETURNING 1
), rung AS (SELECT pg_notify('timer_set', ''))
SELECT count(*) FROM again, rung
"""
