"""News and decisions in PostgreSQL."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from chassis.database import Connection
from contracts.ids import CaseId, EventId, MessageId, NewsId, VictimId
from contracts.journey import Reach
from contracts.telling import Tell

from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.news import News
from notifications.decisions.verdicts import Verdict


class PostgresDecisions:
    """The part of a ledger about decisions; `changed` hears of each new revision."""

    def __init__(self, connection: Connection, *, changed: Callable[[DecisionRecord], None]) -> None:
        self._connection, self._changed = connection, changed

    async def heard(self, news: NewsId) -> News | None:
        row = await self._connection.fetchrow("SELECT * FROM news WHERE news_id = $1", news)
        return None if row is None else _news_from(row)

    async def note(self, news: News) -> None:
        await self._connection.execute(_NOTE, *_news_row(news))

    async def of(self, news: NewsId) -> DecisionRecord | None:
        row = await self._connection.fetchrow(f"{SELECT} WHERE n.news_id = $1", news)
        return None if row is None else record_from(row)

    async def thread(self, original: NewsId, *, victim: VictimId) -> Sequence[News]:
        rows = await self._connection.fetch(_THREAD, victim, original)
        return sorted(map(_news_from, rows), key=lambda news: news.order)

    async def owed(self, victim: VictimId) -> Sequence[DecisionRecord]:
        rows = await self._connection.fetch(_OWED, victim)
        return [record_from(row) for row in rows]

    async def goes_on_elsewhere(self, victim: VictimId) -> bool:
        return bool(await self._connection.fetchval(_MOVED, victim))

    async def keep(self, record: DecisionRecord) -> None:
        row = (
            record.news.news_id,
            record.verdict.value,
            record.why,
            record.until,
            record.revision,
            record.message_id,
            record.notified_at,
            record.told_at,
        )
        status = await self._connection.execute(_HISTORY, *row)
        if status == "INSERT 0 1":
            await self._connection.execute(_KEEP, *row, record.news.victim, record.decided_at, record.given_at)
            self._changed(record)


def record_from(row: Any) -> DecisionRecord:
    """A row of `SELECT` as a record."""
    return DecisionRecord(
        news=_news_from(row),
        verdict=Verdict(row["verdict"]),
        why=row["why"],
        until=row["until"],
        decided_at=row["decided_at"],
        revision=row["revision"],
        message_id=None if row["message_id"] is None else MessageId(str(row["message_id"])),
        notified_at=row["notified_at"],
        told_at=row["told_at"],
        given_at=row["given_at"],
    )


def _news_from(row: Any) -> News:
    return News(
        news_id=NewsId(str(row["news_id"])),
        victim=VictimId(str(row["victim_id"])),
        case=None if row["case_id"] is None else CaseId(str(row["case_id"])),
        event_id=EventId(row["event_id"]),
        event_source=row["event_source"],
        event_type=row["event_type"],
        tell=Tell(row["tell"]),
        occurred_at=row["occurred_at"],
        recorded_at=row["recorded_at"],
        backfill=row["backfill"],
        reach=Reach(row["reach"]),
        standing=row["standing"],
        known_at=row["known_at"],
        corrects=None if row["corrects"] is None else NewsId(str(row["corrects"])),
        retracts=row["retracts"],
        says_type=row["says_type"],
        about_at=row["about_at"],
        withdrawn=row["withdrawn"],
        moved=row["moved"],
        told_at=row["told_elsewhere_at"],
    )


def _news_row(news: News) -> tuple[str | bool | datetime | None, ...]:
    return (
        news.news_id,
        news.victim,
        news.case,
        news.event_id,
        news.event_source,
        news.event_type,
        news.tell.value,
        news.occurred_at,
        news.recorded_at,
        news.backfill,
        news.reach.value,
        news.standing,
        news.corrects,
        news.retracts,
        news.known_at,
        news.says_type,
        news.about_at,
        news.withdrawn,
        news.moved,
        news.told_at,
    )


SELECT = """
SELECT n.*, d.verdict, d.why, d.until, d.decided_at, d.revision, d.message_id, d.notified_at, d.told_at,
    d.given_at
FROM decision d JOIN news n USING (news_id)
"""
_OWED = f"""{SELECT} WHERE d.victim_id = $1 AND d.told_at IS NULL AND d.verdict NOT IN ('not-owed', 'withdrawn')
ORDER BY n.recorded_at, n.news_id"""
_MOVED = "SELECT EXISTS (SELECT FROM news WHERE victim_id = $1 AND moved)"
_THREAD = "SELECT * FROM news WHERE victim_id = $1 AND (news_id = $2 OR corrects = $2)"
_NOTE = """
INSERT INTO news (news_id, victim_id, case_id, event_id, event_source, event_type, tell, occurred_at, recorded_at,
    backfill, reach, standing, corrects, retracts, known_at, says_type, about_at, withdrawn, moved,
    told_elsewhere_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
ON CONFLICT (news_id) DO UPDATE SET case_id = excluded.case_id, event_type = excluded.event_type, tell = excluded.tell,
    occurred_at = excluded.occurred_at, recorded_at = excluded.recorded_at, backfill = excluded.backfill,
    reach = excluded.reach, standing = excluded.standing, corrects = excluded.corrects, retracts = excluded.retracts,
    known_at = excluded.known_at, says_type = excluded.says_type, about_at = excluded.about_at,
    withdrawn = excluded.withdrawn, moved = excluded.moved, told_elsewhere_at = excluded.told_elsewhere_at
"""
_HISTORY = """
INSERT INTO decision_history (news_id, verdict, why, until, revision, message_id, notified_at, told_at, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, business_now()) ON CONFLICT DO NOTHING
"""
_KEEP = """
INSERT INTO decision (news_id, verdict, why, until, revision, message_id, notified_at, told_at, victim_id, decided_at,
    given_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (news_id) DO UPDATE SET verdict = excluded.verdict, why = excluded.why, until = excluded.until,
    revision = excluded.revision, message_id = excluded.message_id, notified_at = excluded.notified_at,
    told_at = excluded.told_at, decided_at = excluded.decided_at, given_at = excluded.given_at
"""
