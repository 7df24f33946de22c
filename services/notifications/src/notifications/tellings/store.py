"""What the victim was told, in PostgreSQL."""

from datetime import datetime

from chassis.database import Connection
from contracts.ids import NewsId, VictimId

from notifications.decisions.verdicts import WhyNot
from notifications.tellings.ledger import Telling


class PostgresTellings:
    """The part of a ledger about what the victim was told."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def note(self, victim: VictimId, news: NewsId, telling: Telling) -> bool:
        status = await self._connection.execute(_NOTE, victim, news, telling.how.value, telling.at)
        return status == "INSERT 0 1"

    async def of(self, victim: VictimId, news: NewsId) -> Telling | None:
        row = await self._connection.fetchrow(_TELLING, victim, news)
        return None if row is None else Telling(row["at"], WhyNot(row["how"]))

    async def told(self, victim: VictimId, at: datetime) -> None:
        await self._connection.execute(_TOLD, victim, at)

    async def last(self, victim: VictimId) -> datetime | None:
        at: datetime | None = await self._connection.fetchval("SELECT at FROM last_told WHERE victim_id = $1", victim)
        return at


_NOTE = "INSERT INTO told (victim_id, news_id, how, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
_TELLING = "SELECT how, at FROM told WHERE victim_id = $1 AND news_id = $2 ORDER BY at LIMIT 1"
_TOLD = """
INSERT INTO last_told (victim_id, at) VALUES ($1, $2)
ON CONFLICT (victim_id) DO UPDATE SET at = greatest(last_told.at, excluded.at)
"""
