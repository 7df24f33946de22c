"""Contacts asked of officers, in PostgreSQL."""

from collections.abc import Sequence

from chassis.database import Connection
from contracts.ids import ContactId, NewsId, VictimId


class PostgresContacts:
    """The part of a ledger about contacts asked of officers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def asked(self, victim: VictimId, news: NewsId) -> bool:
        found: bool = await self._connection.fetchval(_ASKED, victim, news)
        return found

    async def not_yet_asked(self, victim: VictimId, news: Sequence[NewsId], *, to_put_right: bool) -> Sequence[NewsId]:
        rows = await self._connection.fetch(_ASKED_ABOUT, victim, list(news), to_put_right)
        asked = {str(row["news_id"]) for row in rows}
        return [each for each in news if each not in asked]

    async def ask(
        self, contact: ContactId, victim: VictimId, news: Sequence[NewsId], *, to_put_right: bool
    ) -> Sequence[ContactId]:
        rows = await self._connection.fetch(_REPLACE, victim, list(news), to_put_right)
        await self._connection.execute(_ASK, contact, victim, list(news), to_put_right)
        return [ContactId(str(row["contact_id"])) for row in rows]

    async def made(self, victim: VictimId, news: NewsId, *, to_put_right: bool, by: ContactId | None) -> None:
        if by is None:
            await self._connection.execute(_FORGET, victim, news, to_put_right)
        else:
            await self._connection.execute(_MADE, victim, news, to_put_right, by)

    async def reopen(self, victim: VictimId, *, by: ContactId) -> None:
        await self._connection.execute(_REOPEN, victim, by)

    async def withdraw(self, victim: VictimId, news: NewsId, *, to_put_right: bool) -> ContactId | None:
        contact = await self._connection.fetchval(_WITHDRAW, victim, news, to_put_right)
        return None if contact is None else ContactId(str(contact))


_ASKED = """
SELECT EXISTS (
    SELECT FROM officer_contact WHERE victim_id = $1 AND news_id = $2 AND NOT put_right AND made_by IS NULL)
"""
_ASKED_ABOUT = """
SELECT news_id FROM officer_contact
WHERE victim_id = $1 AND news_id = ANY($2) AND put_right = $3 AND made_by IS NULL
"""
_OPEN_ABOUT_ANOTHER = """EXISTS (
    SELECT FROM officer_contact other WHERE other.victim_id = $1 AND other.contact_id = asked.contact_id
    AND other.made_by IS NULL AND {another})"""
_REPLACE = f"""
WITH replaced AS (
    DELETE FROM officer_contact WHERE victim_id = $1 AND news_id = ANY($2) AND put_right = $3 AND made_by IS NOT NULL
    RETURNING contact_id
)
SELECT DISTINCT contact_id FROM replaced asked WHERE NOT {_OPEN_ABOUT_ANOTHER.format(another="true")}
ORDER BY contact_id
"""
_ASK = """
INSERT INTO officer_contact (contact_id, victim_id, news_id, put_right) SELECT $1, $2, unnest($3::uuid[]), $4
ON CONFLICT DO NOTHING
"""
_FORGET = "DELETE FROM officer_contact WHERE victim_id = $1 AND news_id = $2 AND put_right = $3"
_MADE = """
UPDATE officer_contact SET made_by = $4
WHERE victim_id = $1 AND news_id = $2 AND put_right = $3 AND made_by IS NULL
"""
_REOPEN = "UPDATE officer_contact SET made_by = NULL WHERE victim_id = $1 AND made_by = $2"
_WITHDRAW = f"""
WITH withdrawn AS (
    SELECT contact_id FROM officer_contact asked
    WHERE victim_id = $1 AND news_id = $2 AND put_right = $3
    AND NOT {_OPEN_ABOUT_ANOTHER.format(another="other.news_id <> $2")}
)
DELETE FROM officer_contact WHERE victim_id = $1 AND contact_id = (SELECT contact_id FROM withdrawn)
RETURNING contact_id
"""
