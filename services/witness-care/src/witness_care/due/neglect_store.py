"""Who has something overdue and nobody who answers to them, counted for every officer and for an alarm."""

from datetime import datetime
from typing import Final

from chassis.clock import business_now
from chassis.database import Connection, Pool

from witness_care.due.neglect import Overdue

_VICTIMS: Final = """
SELECT count(*) FROM victim v WHERE v.contact_officer IS NULL AND (
    EXISTS (SELECT FROM duty d WHERE d.victim_id = v.victim_id AND d.met_at IS NULL AND d.due_at < $1)
    OR EXISTS (SELECT FROM open_contact c WHERE c.victim_id = v.victim_id AND c.due_at < $1)
    OR EXISTS (SELECT FROM open_wish w WHERE w.victim_id = v.victim_id AND w.due_at < $1))
"""
_WISHES: Final = "SELECT count(*) FROM open_wish WHERE due_at < $1"


async def victims_overdue_with_nobody(connection: Connection, *, now: datetime) -> int:
    """How many victims have something overdue and no single point of contact."""
    return int(await connection.fetchval(_VICTIMS, now))


class DeskNeglect:
    """Counts in the desk's tables."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def counted(self) -> Overdue:
        async with self._pool.acquire() as connection:
            now = await business_now(connection)
            victims = await victims_overdue_with_nobody(connection, now=now)
            return Overdue(victims, int(await connection.fetchval(_WISHES, now)))
