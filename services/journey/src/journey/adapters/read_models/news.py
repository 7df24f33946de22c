"""The table `news`: which fact became whose news, and how far it went."""

from collections.abc import Sequence

from chassis.database import Connection
from contracts.ids import VictimId

from journey.domain.concern import Reach
from journey.domain.fact import EventKey
from journey.domain.news import News, NewsKey

KNOWN = """
SELECT n.victim_id::text, n.source, n.id, n.reach FROM news n
JOIN unnest($1::uuid[], $2::text[], $3::text[]) AS wanted(victim_id, source, id)
  ON wanted.victim_id = n.victim_id AND wanted.source = n.source AND wanted.id = n.id
"""
STORED = ("news_id", "victim_id", "source", "id", "reach", "standing", "arrived_at")
PROMOTE = """
UPDATE news n SET reach = 'victim', standing = g.standing
FROM unnest($1::uuid[], $2::boolean[]) AS g(news_id, standing) WHERE n.news_id = g.news_id
"""


class NewsTable:
    """Finds and enters news in batches."""

    async def known(self, connection: Connection, keys: Sequence[NewsKey]) -> dict[NewsKey, Reach]:
        """How far each of these went; those that are nobody's news yet are left out."""
        victims, sources, ids = [], [], []
        for victim_id, event in keys:
            victims.append(victim_id)
            sources.append(event.source)
            ids.append(event.id)
        rows = await connection.fetch(KNOWN, victims, sources, ids)
        return {(VictimId(row["victim_id"]), EventKey(row["source"], row["id"])): Reach(row["reach"]) for row in rows}

    async def enter(self, connection: Connection, news: Sequence[News]) -> None:
        """Enter new news; news that may now reach the victim herself changes its row."""
        fresh = [_row(item) for item in news if not item.promoted]
        promoted = [item for item in news if item.promoted]
        if fresh:
            await connection.copy_records_to_table("news", records=fresh, columns=STORED)
        if promoted:
            ids, standing = [item.news_id for item in promoted], [item.standing for item in promoted]
            await connection.execute(PROMOTE, ids, standing)


def _row(news: News) -> tuple[object, ...]:
    key = news.fact.key
    return news.news_id, news.victim_id, key.source, key.id, news.reach.value, news.standing, news.known_at
