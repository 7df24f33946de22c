"""Victims we have heard of, and grants, in PostgreSQL."""

from collections.abc import Sequence

from chassis.database import Connection
from contracts.ids import VictimId


class PostgresVictims:
    """The part of a ledger about whom we have heard of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def note(self, victims: Sequence[VictimId]) -> None:
        await self._connection.execute(_HEARD_OF, sorted(set(victims)))

    async def knows(self, victim: VictimId) -> bool:
        found: bool = await self._connection.fetchval(
            "SELECT EXISTS (SELECT FROM victim_known WHERE victim_id = $1)", victim
        )
        return found


class PostgresGrants:
    """The part of a ledger about access."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def grant(self, subject: str, victim: VictimId) -> None:
        await self._connection.execute(
            "INSERT INTO access_grant (subject, victim_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", subject, victim
        )

    async def revoke(self, subject: str, victim: VictimId) -> None:
        await self._connection.execute(
            "DELETE FROM access_grant WHERE subject = $1 AND victim_id = $2", subject, victim
        )

    async def holds(self, subject: str, victim: VictimId) -> bool:
        found: bool = await self._connection.fetchval(
            "SELECT EXISTS (SELECT FROM access_grant WHERE subject = $1 AND victim_id = $2)", subject, victim
        )
        return found


_HEARD_OF = "INSERT INTO victim_known (victim_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING"
