"""Reports from PostgreSQL."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from chassis.database import Pool
from contracts.ids import NewsId, VictimId

from notifications.decisions.decision_record import DecisionRecord, Reconciliation
from notifications.decisions.store import SELECT, record_from
from notifications.messages.message import RETRIES
from notifications.reports.reports import Change, Reached

LONGEST_SCHEDULE = sum(RETRIES, timedelta(hours=1))
MOST_NAMED = 20


class PostgresReports:
    """Each report is a few statements on its own connection; `page` is how much of the history one of them reads."""

    def __init__(self, pool: Pool, *, page: int = 20_000) -> None:
        self._pool, self._page = pool, page

    async def decisions(self, victim: VictimId) -> Sequence[tuple[DecisionRecord, Sequence[Change]]]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(f"{SELECT} WHERE d.victim_id = $1 ORDER BY n.recorded_at DESC", victim)
            changes = await connection.fetch(_CHANGES, victim)
        history: dict[str, list[Change]] = defaultdict(list)
        for row in changes:
            values = dict(row)
            history[str(values.pop("news_id"))].append(Change(**values))
        records = [record_from(row) for row in rows]
        return [(record, history[record.news.news_id]) for record in records]

    async def reached(self, *, event_source: str, event_id: str) -> Sequence[Reached]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_REACHED, event_source, event_id)
        return [Reached(VictimId(str(row["victim_id"])), row["notified_at"], row["told_at"]) for row in rows]

    async def reconcile(self) -> Reconciliation:
        """Page by page, each a short statement, however long the history is."""
        arrived = decided = 0
        missing: list[NewsId] = []
        after: UUID | None = UUID(int=0)
        while after is not None:
            async with self._pool.acquire() as connection:
                row = await connection.fetchrow(_RECONCILE, after, self._page, MOST_NAMED)
            arrived, decided, after = arrived + row["arrived"], decided + row["decided"], row["last"]
            missing += [NewsId(str(each)) for each in row["missing"]]
        return Reconciliation(arrived, decided, tuple(missing[:MOST_NAMED]))

    async def stuck(self) -> int:
        async with self._pool.acquire() as connection:
            count: int = await connection.fetchval(_STUCK, LONGEST_SCHEDULE)
        return count


_CHANGES = """
SELECT h.news_id, h.revision, h.verdict, h.why, h.until, h.notified_at, h.told_at, h.at
FROM decision_history h JOIN news n USING (news_id) WHERE n.victim_id = $1 ORDER BY h.news_id, h.revision
"""
_REACHED = """
SELECT n.victim_id, d.notified_at, d.told_at FROM news n JOIN decision d USING (news_id)
WHERE n.event_source = $1 AND n.event_id = $2 AND (d.notified_at IS NOT NULL OR d.told_at IS NOT NULL)
ORDER BY n.victim_id
"""
_RECONCILE = """
WITH page AS MATERIALIZED (
  SELECT n.news_id, d.news_id IS NOT NULL AS is_decided
  FROM (SELECT news_id FROM news WHERE news_id > $1 ORDER BY news_id LIMIT $2) n LEFT JOIN decision d USING (news_id)
)
SELECT count(*) AS arrived, count(*) FILTER (WHERE is_decided) AS decided,
    (SELECT news_id FROM page ORDER BY news_id DESC LIMIT 1) AS last,
    ARRAY(SELECT news_id FROM page WHERE NOT is_decided ORDER BY news_id LIMIT $3) AS missing
FROM page
"""
_STUCK = """
SELECT count(*) FROM message WHERE state IN ('claimed', 'handed') AND claimed_at < business_now() - $1::interval
"""
