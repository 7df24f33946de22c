"""Opening an entry signed in is how a victim is told: noted here at once, reported to notifications durably."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.clock import business_now
from chassis.database import Connection, Pool
from chassis.timers import DueTimer, Timer, set_timer
from contracts.ids import NewsId, VictimId

from journey.errors import UnknownVictim

REPORT_SEEN = "report-news-seen"
"""The kind of timer that carries a sighting to notifications; due at once, retried until it is taken."""


class OpenedNews(Protocol):
    """Where it is noted that an entry was opened."""

    async def note_opened(
        self, connection: Connection, news_id: NewsId, *, victim_id: VictimId, at: datetime
    ) -> datetime | None: ...


class Notifications(Protocol):
    """Where sightings are reported to. Raises NotificationsAway, SightingRefused."""

    async def news_seen(self, victim_id: VictimId, *, news_id: NewsId, seen_at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Sightings:
    """Notes that a victim opened an entry, and sees to it that notifications hears of it."""

    pool: Pool
    news: OpenedNews

    async def open(self, news_id: NewsId, *, victim_id: VictimId) -> None:
        """Note it and set the report on its way, in one transaction. Raises UnknownVictim for another's news."""
        async with self.pool.acquire() as connection, connection.transaction():
            now = await business_now(connection)
            seen_at = await self.news.note_opened(connection, news_id, victim_id=victim_id, at=now)
            if seen_at is None:
                raise UnknownVictim
            payload = {"victim_id": victim_id, "seen_at": seen_at.isoformat()}
            await set_timer(connection, Timer(REPORT_SEEN, news_id, now, payload))


@dataclass(frozen=True, slots=True)
class SightingReports:
    """Handles the timers, with no transaction open: one call each; a repeated one changes nothing at notifications."""

    notifications: Notifications

    async def call(self, timer: DueTimer) -> None:
        """Report a sighting. Raises NotificationsAway, SightingRefused."""
        await self.notifications.news_seen(
            VictimId(str(timer.payload["victim_id"])),
            news_id=NewsId(timer.key),
            seen_at=datetime.fromisoformat(str(timer.payload["seen_at"])),
        )
