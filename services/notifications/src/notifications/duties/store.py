"""Duties in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chassis.database import Connection
from contracts.ids import ContactId, DutyKey, NewsId, VictimId
from contracts.journey import Reach

from notifications.duties.duty import Duty


class PostgresDuties:
    """The part of a ledger about duties."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def open(self, duty: Duty) -> None:
        await self._connection.execute(f"{_DUTY} ON CONFLICT DO NOTHING", *_row(duty))

    async def change(self, duty: Duty) -> None:
        await self._connection.execute(f"{_DUTY} {_OR_CHANGE}", *_row(duty))

    async def meet(self, key: DutyKey, *, by: ContactId | None = None) -> None:
        await self._connection.execute(_MEET, key, by)

    async def reopen(self, by: ContactId) -> Sequence[Duty]:
        return [_duty_from(row) for row in await self._connection.fetch(_REOPEN, by)]

    async def of(self, key: DutyKey) -> Duty | None:
        row = await self._connection.fetchrow("SELECT * FROM duty WHERE duty_key = $1", key)
        return None if row is None else _duty_from(row)

    async def unmet_about(self, news: Sequence[NewsId]) -> Sequence[Duty]:
        rows = await self._connection.fetch(
            "SELECT * FROM duty WHERE news_id = ANY($1) AND NOT met ORDER BY due_at, duty_key", list(news)
        )
        return [_duty_from(row) for row in rows]


def _duty_from(row: Any) -> Duty:
    return Duty(
        DutyKey(str(row["duty_key"])),
        VictimId(str(row["victim_id"])),
        None if row["news_id"] is None else NewsId(str(row["news_id"])),
        row["reminder_at"],
        row["due_at"],
        met=row["met"],
        reach=Reach(row["reach"]),
    )


def _row(duty: Duty) -> tuple[str | datetime | None, ...]:
    return duty.key, duty.victim, duty.news, duty.reminder_at, duty.due_at, duty.reach.value


_DUTY = "INSERT INTO duty (duty_key, victim_id, news_id, reminder_at, due_at, reach) VALUES ($1, $2, $3, $4, $5, $6)"
_OR_CHANGE = """
ON CONFLICT (duty_key) DO UPDATE SET news_id = excluded.news_id, reminder_at = excluded.reminder_at,
    due_at = excluded.due_at, reach = excluded.reach, met = false, met_by = NULL
"""
_MEET = "UPDATE duty SET met = true, met_by = $2 WHERE duty_key = $1 AND (NOT met OR $2::text IS NULL)"
_REOPEN = "UPDATE duty SET met = false, met_by = NULL WHERE met_by = $1 RETURNING *"
