"""Reports by the public, among the names of cases: the police may quote one."""

from datetime import datetime

from chassis.clock import business_now
from chassis.database import Pool
from chassis.log.effects import Effect, OneRow

from intake.identity.reported import Kept, Opened

_OPEN = """
INSERT INTO report (reference, case_id, victim_id, share_with_police, contact) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
"""
_OF_VICTIM = """
SELECT reference, received_at, share_with_police, contact FROM report WHERE victim_id = $1 ORDER BY received_at DESC
"""


class DatabaseReportBook:
    """Keeps each report's reference, people and consent; its words are in the log, sealed."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def now(self) -> datetime:
        async with self._pool.acquire() as connection:
            return await business_now(connection)

    async def of_victim(self, victim_id: str) -> list[Kept]:
        """Their reports, newest first."""
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_OF_VICTIM, victim_id)
        return [Kept(**row) for row in rows]

    def opening(self, opened: Opened) -> Effect:
        arguments = (
            opened.reference,
            opened.case_id,
            opened.victim_id,
            opened.share_with_police,
            opened.contact,
        )
        return OneRow(_OPEN, arguments)
