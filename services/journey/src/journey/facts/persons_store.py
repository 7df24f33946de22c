"""The tables `person_join` and `person_parted`: who is one person, as intake recorded it."""

from collections.abc import Collection

from asyncpg import Record
from chassis.database import Connection
from contracts.ids import EventId, VictimId

from journey.facts.persons import Join, Parting, Person, person_of

JOIN = "INSERT INTO person_join VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
PART = "INSERT INTO person_parted VALUES ($1, $2) ON CONFLICT DO NOTHING"
# Whoever was ever joined with another is looked at together; which joins stand is computed.
EVER_JOINED = """
WITH RECURSIVE known AS (
    SELECT unnest($1::uuid[]) AS victim_id
    UNION
    SELECT beside.victim_id FROM known k CROSS JOIN LATERAL (
        SELECT into_victim_id AS victim_id FROM person_join WHERE victim_id = k.victim_id
        UNION ALL SELECT victim_id FROM person_join WHERE into_victim_id = k.victim_id) AS beside
)
SELECT j.join_id, j.victim_id::text, j.into_victim_id::text, j.joined_at, j.position, p.join_id IS NULL AS stands
FROM known JOIN person_join j USING (victim_id) LEFT JOIN person_parted p ON p.join_id = j.join_id
ORDER BY j.position
"""


async def note_join(connection: Connection, change: Join | Parting) -> None:
    """Keep it, in whatever order joins and partings come."""
    if isinstance(change, Join):
        row = change.join_id, change.victim_id, change.into, change.joined_at, change.position
        await connection.execute(JOIN, *row)
    else:
        await connection.execute(PART, change.join_id, change.parted_at)


class PersonTables:
    """Finds who is one person."""

    async def joins_of(self, connection: Connection, victims: Collection[VictimId]) -> list[Join]:
        """All joins that ever tied any of these victims to anybody, and those to others, whether they stand or not."""
        return [_join(row) for row in await connection.fetch(EVER_JOINED, list(victims))] if victims else []

    async def ever_joined(self, connection: Connection, victims: Collection[VictimId]) -> set[VictimId]:
        """These victims, and everybody with whom any of them was ever thought to be one person."""
        joins = await self.joins_of(connection, victims)
        return {*victims, *(join.victim_id for join in joins), *(join.into for join in joins)}

    async def persons(self, connection: Connection, victims: Collection[VictimId]) -> dict[VictimId, Person]:
        """Whose id each of these is."""
        joins = await self.joins_of(connection, victims)
        return {victim_id: person_of(victim_id, joins) for victim_id in victims}


def _join(row: Record) -> Join:
    return Join(
        join_id=EventId(row["join_id"]),
        victim_id=VictimId(row["victim_id"]),
        into=VictimId(row["into_victim_id"]),
        joined_at=row["joined_at"],
        position=row["position"],
        stands=row["stands"],
    )
