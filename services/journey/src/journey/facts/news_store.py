"""The table `news`: what was last said of each piece of news of each victim."""

from collections.abc import Collection, Sequence
from datetime import datetime

from asyncpg import Record
from chassis.database import Connection
from contracts.ids import NewsId, VictimId

from journey.facts.changes import KeptNews, NewsChange, Withdrawal
from journey.facts.concern import Reach

KEPT = """
SELECT news_id::text, victim_id::text, reach, standing, corrects::text, withdrawn_at IS NOT NULL AS withdrawn, revision,
       moved_to::text, told_at
FROM news WHERE victim_id = ANY($1::uuid[])
"""
STORED = ("news_id", "victim_id", "source", "id", "reach", "standing", "arrived_at", "corrects", "revision", "told_at")
CHANGE = """
UPDATE news n SET reach = g.reach, standing = g.standing, corrects = g.corrects, revision = g.revision,
                  told_at = g.told_at, withdrawn_at = NULL, moved_to = NULL
FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::uuid[], $5::integer[], $6::timestamptz[])
  AS g(news_id, reach, standing, corrects, revision, told_at)
WHERE n.news_id = g.news_id
"""
WITHDRAW = """
UPDATE news n SET withdrawn_at = g.at, revision = g.revision, moved_to = g.moved_to
FROM unnest($1::uuid[], $2::timestamptz[], $3::integer[], $4::uuid[]) AS g(news_id, at, revision, moved_to)
WHERE n.news_id = g.news_id
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
            await connection.execute(CHANGE, *map(list, zip(*map(_again, again), strict=True)))

    async def withdraw(self, connection: Connection, withdrawn: Sequence[Withdrawal], *, at: datetime) -> None:
        """Keep that this news is not its victim's, or goes on under another id of hers."""
        if withdrawn:
            rows = [(one.kept.news_id, at, one.kept.revision + 1, one.moved_to) for one in withdrawn]
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
        moved_to=VictimId(row["moved_to"]) if row["moved_to"] else None,
        told_at=row["told_at"],
    )


def _row(change: NewsChange) -> tuple[object, ...]:
    news = change.news
    key = news.fact.key
    said = news.news_id, news.victim_id, key.source, key.id, news.reach.value, news.standing, news.known_at
    return *said, news.corrects, change.revision, news.told_at


def _again(change: NewsChange) -> tuple[object, ...]:
    news = change.news
    return news.news_id, news.reach.value, news.standing, news.corrects, change.revision, news.told_at
