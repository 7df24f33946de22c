"""Cases, victims and links in the identity tables."""

from datetime import datetime

from chassis.clock import business_now
from chassis.database import Pool
from chassis.log.effects import Effect, OneRow

from intake.identity.cases import StandingLink

_CASE = """
SELECT coalesce(a.now_id, c.case_id) FROM opened_case c LEFT JOIN case_alias a USING (case_id) WHERE c.case_id = $1
"""
_CRIME = """
SELECT coalesce(a.crime_id, c.case_id) FROM opened_case c LEFT JOIN case_alias a USING (case_id) WHERE c.case_id = $1
"""
_NAMED = """
SELECT EXISTS (SELECT FROM reference WHERE case_id = $1) OR EXISTS (SELECT FROM report WHERE case_id = $1)
"""
_VICTIM = """
SELECT EXISTS (SELECT FROM victim_link WHERE victim_id = $1) OR EXISTS (SELECT FROM report WHERE victim_id = $1)
OR EXISTS (SELECT FROM victim_number WHERE victim_id = $1)
"""
_LINK = "SELECT link_id, victim_id, case_id FROM victim_link WHERE link_id = $1"
_REVOKE = """
UPDATE victim_link SET revoked_by = $2, revoked_at = business_now() WHERE link_id = $1 AND revoked_at IS NULL
"""


class DatabaseCases:
    """Reads from the pool; the effect it makes runs in the transaction that records the decision."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def now(self) -> datetime:
        async with self._pool.acquire() as connection:
            return await business_now(connection)

    async def case(self, case_id: str) -> str | None:
        async with self._pool.acquire() as connection:
            found: str | None = await connection.fetchval(_CASE, case_id)
        return found

    async def crime(self, case_id: str) -> str | None:
        async with self._pool.acquire() as connection:
            found: str | None = await connection.fetchval(_CRIME, case_id)
        return found

    async def is_named(self, case_id: str) -> bool:
        async with self._pool.acquire() as connection:
            return bool(await connection.fetchval(_NAMED, case_id))

    async def knows_victim(self, victim_id: str) -> bool:
        async with self._pool.acquire() as connection:
            return bool(await connection.fetchval(_VICTIM, victim_id))

    async def link(self, link_id: str) -> StandingLink | None:
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(_LINK, link_id)
        return None if row is None else StandingLink(*row)

    def revoking(self, link_id: str, *, by: str) -> Effect:
        return OneRow(_REVOKE, (link_id, by))
