"""The table `news`: which fact became whose news, and how far it went."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from chassis.database import Connection
from contracts.ids import NewsId, VictimId

from journey.facts.concern import Reach
from journey.facts.fact import EventKey
from journey.facts.news import Entered, News, NewsKey

ENTERED = "SELECT n.victim_id::text, n.source, n.id, n.news_id::text, n.reach, n.withdrawn_at FROM news n"
KNOWN = f"""
{ENTERED}
JOIN unnest($1::uuid[], $2::text[], $3::text[]) AS wanted(victim_id, source, id)
  ON wanted.victim_id = n.victim_id AND wanted.source = n.source AND wanted.id = n.id
"""
OF_FACTS = f"""
{ENTERED}
JOIN unnest($1::text[], $2::text[]) AS wanted(source, id) ON wanted.source = n.source AND wanted.id = n.id
WHERE n.withdrawn_at IS NULL
"""
WITHDRAW = "UPDATE news SET withdrawn_at = $2 WHERE news_id = ANY($1::uuid[])"
FORGET = """
DELETE FROM news n USING unnest($1::uuid[], $2::text[], $3::text[]) AS again(victim_id, source, id)
WHERE again.victim_id = n.victim_id AND again.source = n.source AND again.id = n.id
"""
STORED = ("news_id", "victim_id", "source", "id", "reach", "standing", "arrived_at")
PROMOTE = """
UPDATE news n SET reach = 'victim', standing = g.standing
FROM unnest($1::uuid[], $2::boolean[]) AS g(news_id, standing) WHERE n.news_id = g.news_id
"""


class NewsTable:
    """Finds and enters news in batches."""

    async def known(self, connection: Connection, keys: Sequence[NewsKey]) -> dict[NewsKey, Entered]:
        """Each of these as it was entered, withdrawn or not; those that are nobody's news yet are left out."""
        return _entered(await connection.fetch(KNOWN, *_columns(keys)))

    async def of_facts(self, connection: Connection, facts: Iterable[EventKey]) -> dict[NewsKey, Entered]:
        """The news that these facts are, whoever has it."""
        sources, ids = [], []
        for event in facts:
            sources.append(event.source)
            ids.append(event.id)
        return _entered(await connection.fetch(OF_FACTS, sources, ids))

    async def withdraw(self, connection: Connection, news: Sequence[NewsId], *, at: datetime) -> None:
        """Note that this news was not its victim's."""
        await connection.execute(WITHDRAW, list(news), at)

    async def enter(self, connection: Connection, news: Sequence[News]) -> None:
        """Enter new news; news that may now reach the victim herself changes its row."""
        fresh = [_row(item) for item in news if not item.promoted]
        promoted = [item for item in news if item.promoted]
        again = [(item.victim_id, item.fact.key) for item in news if item.again]
        if again:
            await connection.execute(FORGET, *_columns(again))
        if fresh:
            await connection.copy_records_to_table("news", records=fresh, columns=STORED)
        if promoted:
            ids, standing = [item.news_id for item in promoted], [item.standing for item in promoted]
            await connection.execute(PROMOTE, ids, standing)


def _columns(keys: Sequence[NewsKey]) -> tuple[list[str], list[str], list[str]]:
    return [victim for victim, _ in keys], [event.source for _, event in keys], [event.id for _, event in keys]


def _entered(rows: Sequence[Any]) -> dict[NewsKey, Entered]:
    return {
        (VictimId(row["victim_id"]), EventKey(row["source"], row["id"])): Entered(
            NewsId(row["news_id"]), Reach(row["reach"]), row["withdrawn_at"]
        )
        for row in rows
    }


def _row(news: News) -> tuple[object, ...]:
    key = news.fact.key
    return news.news_id, news.victim_id, key.source, key.id, news.reach.value, news.standing, news.known_at
