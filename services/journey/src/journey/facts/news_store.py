"""The table `news`: what was last said of each piece of news of each victim."""

from collections.abc import Collection, Sequence
from datetime import datetime

from asyncpg import Record
from chassis.database import Connection
from contracts.ids import NewsId, VictimId

from journey.facts.changes import KeptNews, NewsChange
from journey.facts.concern import Reach

KEPT = """
SELECT news_id::text, victim_id::text, reach, standing, corrects::text, withdrawn_at IS NOT NULL AS withdrawn, revision
FROM news WHERE victim_id = ANY($1::uuid[])
"""
STORED = ("news_id", "victim_id", "source", "id", "reach", "standing", "arrived_at", "corrects", "revision")
CHANGE = """
UPDATE news n SET reach = g.reach, standing = g.standing, corrects = g.corrects, revision = g.revision,
                  withdrawn_at = NULL
FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::uuid[], $5::integer[])
  AS g(news_id, reach, standing, corrects, revision)
WHERE n.news_id = g.news_id
"""
WITHDRAW = """
UPDATE news n SET withdrawn_at = g.at, revision = g.revision
FROM unnest($1::uuid[], $2::timestamptz[], $3::integer[]) AS g(news_id, at, revision) WHERE n.news_id = g.news_id
"""


class NewsTable:
    """Finds and keeps news in batches."""

    async def kept(self, connection: Connection, victims: Collection[VictimId]) -> list[KeptNews]:
        """All that was ever said to be news of these victims, as it was last said."""
        return [_kept(row) for row in await connection.fetch(KEPT, list(victims))]

    async def keep(self, connection: Connection, changes: Sequence[NewsChange]) -> None:
        """Keep what is said now."""
        fresh = [change for change in changes if change.revision == 1]
        again = [change for change in changes if change.revision > 1]
        if fresh:
            await connection.copy_records_to_table("news", records=map(_row, fresh), columns=STORED)
        if again:
            rows = [
                (one.news.news_id, one.news.reach.value, one.news.standing, one.news.corrects, one.revision)
                for one in again
            ]
            await connection.execute(CHANGE, *map(list, zip(*rows, strict=True)))

    async def withdraw(self, connection: Connection, withdrawn: Sequence[KeptNews], *, at: datetime) -> None:
        """Keep that this news is not its victim's."""
        if withdrawn:
            rows = [(one.news_id, at, one.revision + 1) for one in withdrawn]
            await connection.execute(WITHDRAW, *map(list, zip(*rows, strict=True)))


def _kept(row: Record) -> KeptNews:
    return KeptNews(
        news_id=NewsId(row["news_id"]),
        victim_id=VictimId(row["victim_id"]),
        reach=Reach(row["reach"]),
        standing=row["standing"],
        corrects=NewsId(row["corrects"]) if row["corrects"] else None,
        withdrawn=row["withdrawn"],
        revision=row["revision"],
    )


def _row(change: NewsChange) -> tuple[object, ...]:
    news = change.news
    key = news.fact.key
    said = news.news_id, news.victim_id, key.source, key.id, news.reach.value, news.standing, news.known_at
    return *said, news.corrects, change.revision
