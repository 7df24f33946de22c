"""What the victim was told, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime

from chassis.database import Connection
from contracts.ids import ContactId, NewsId, VictimId

from notifications.tellings.telling import How, Telling


class PostgresTellings:
    """The part of a ledger about what the victim was told."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def note(self, victim: VictimId, news: NewsId, telling: Telling) -> bool:
        row = (victim, news, telling.how.value, telling.contact or "", telling.at)
        return await self._connection.execute(_NOTE, *row) == "INSERT 0 1"

    async def of(self, victim: VictimId, news: NewsId) -> Sequence[Telling]:
        rows = await self._connection.fetch(_TELLINGS, victim, news)
        return [Telling(row["at"], How(row["how"]), ContactId(row["contact_id"]) or None) for row in rows]

    async def looked(self, victim: VictimId, at: datetime) -> None:
        await self._connection.execute(_LOOKED, victim, at)

    async def in_touch(self, contact: ContactId, victim: VictimId, at: datetime) -> bool:
        return await self._connection.execute(_IN_TOUCH, contact, victim, at) == "INSERT 0 1"

    async def take_back(self, contact: ContactId, victim: VictimId) -> Sequence[NewsId]:
        await self._connection.execute(_TAKE_BACK, contact, victim)
        rows = await self._connection.fetch(_FORGET, contact, victim)
        return sorted({NewsId(str(row["news_id"])) for row in rows})

    async def last(self, victim: VictimId) -> datetime | None:
        at: datetime | None = await self._connection.fetchval(_LAST, victim)
        return at


_NOTE = "INSERT INTO told (victim_id, news_id, how, contact_id, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
_TELLINGS = "SELECT how, at, contact_id FROM told WHERE victim_id = $1 AND news_id = $2 ORDER BY at, how, contact_id"
_LOOKED = """
INSERT INTO last_told (victim_id, at) VALUES ($1, $2)
ON CONFLICT (victim_id) DO UPDATE SET at = greatest(last_told.at, excluded.at)
"""
_IN_TOUCH = "INSERT INTO contact_made (contact_id, victim_id, made_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
_TAKE_BACK = """
INSERT INTO contact_made (contact_id, victim_id) VALUES ($1, $2)
ON CONFLICT (contact_id, victim_id) DO UPDATE SET made_at = NULL
"""
_FORGET = "DELETE FROM told WHERE contact_id = $1 AND victim_id = $2 RETURNING news_id"
_LAST = """
SELECT max(at) FROM (
    SELECT at FROM last_told WHERE victim_id = $1 UNION ALL SELECT made_at FROM contact_made WHERE victim_id = $1
) AS heard
"""
