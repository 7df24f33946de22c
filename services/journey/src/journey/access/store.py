"""The table `access_grant`: which sign-in may see which victim's journey, as witness care granted it."""

from datetime import datetime

from chassis.database import Connection
from contracts.ids import VictimId

from journey.facts.persons_store import PersonTables

GRANT = """
INSERT INTO access_grant (subject, victim_id, granted_at) VALUES ($1, $2, $3)
ON CONFLICT (subject, victim_id) DO UPDATE SET granted_at = excluded.granted_at, revoked_at = NULL
"""
REVOKE = "UPDATE access_grant SET revoked_at = $3 WHERE subject = $1 AND victim_id = $2 AND revoked_at IS NULL"
HELD = """
SELECT victim_id::text FROM access_grant WHERE subject = $1 AND revoked_at IS NULL ORDER BY granted_at, victim_id
"""


class GrantTable:
    """Keeps grants; grant and revocation arrive in the victim's order."""

    def __init__(self) -> None:
        self._persons = PersonTables()

    async def grant(self, connection: Connection, subject: str, *, victim_id: VictimId, at: datetime) -> None:
        """This sign-in may see this victim's journey."""
        await connection.execute(GRANT, subject, victim_id, at)

    async def revoke(self, connection: Connection, subject: str, *, victim_id: VictimId, at: datetime) -> None:
        """This sign-in may see it no longer."""
        await connection.execute(REVOKE, subject, victim_id, at)

    async def held(self, connection: Connection, subject: str) -> list[VictimId]:
        """The victims whose journeys this sign-in may see, the first granted first.

        A grant for an id that is found to be one person with another shows nothing while that stands: sight of the id
        under which she goes on is an officer's to give.
        """
        victims = [VictimId(row["victim_id"]) for row in await connection.fetch(HELD, subject)]
        persons = await self._persons.persons(connection, victims)
        return [victim_id for victim_id in victims if persons[victim_id].goes_on == victim_id]
