"""Joins of persons in the identity tables."""

from typing import Final

from chassis.database import Pool
from chassis.log.effects import AnyRows, Effect, OneRow

from intake.identity.persons import PersonJoin

_CASE: Final = """
SELECT coalesce(a.now_id, l.case_id) FROM victim_link l LEFT JOIN case_alias a USING (case_id)
WHERE l.victim_id = $1 ORDER BY l.linked_at, l.link_id LIMIT 1
"""
_JOIN: Final = "SELECT join_id, victim_id, into_victim_id FROM person_join WHERE join_id = $1"
# Both are still the ones that go on: nobody has joined either meanwhile.
_ALIAS: Final = """
INSERT INTO person_alias (victim_id, now_id)
SELECT $1::text, $2::text WHERE NOT EXISTS (SELECT FROM person_alias WHERE victim_id IN ($1::text, $2::text))
ON CONFLICT DO NOTHING
"""
_FOLLOW: Final = "UPDATE person_alias SET now_id = $2 WHERE now_id = $1"
_NOTE: Final = "INSERT INTO person_join (join_id, victim_id, into_victim_id, joined_by) VALUES ($1, $2, $3, $4)"
_PART: Final = """
UPDATE person_join SET parted_by = $2, parted_at = business_now() WHERE join_id = $1 AND parted_at IS NULL
"""
_FORGET: Final = """
DELETE FROM person_alias WHERE now_id = (SELECT now_id FROM person_alias WHERE victim_id = $1)
"""
_REMAKE: Final = """
WITH RECURSIVE up AS (
  SELECT j.victim_id, j.into_victim_id AS now_id FROM person_join j WHERE j.parted_at IS NULL
  AND NOT EXISTS (SELECT FROM person_alias a WHERE a.victim_id = j.victim_id)
  UNION ALL SELECT up.victim_id, j.into_victim_id FROM up JOIN person_join j ON j.victim_id = up.now_id
  WHERE j.parted_at IS NULL
)
INSERT INTO person_alias (victim_id, now_id) SELECT victim_id, now_id FROM up
WHERE NOT EXISTS (SELECT FROM person_join j WHERE j.victim_id = up.now_id AND j.parted_at IS NULL)
"""


class DatabasePersons:
    """Reads from the pool; the effects it makes run in the transaction that records the decision."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def case_of(self, victim_id: str) -> str | None:
        async with self._pool.acquire() as connection:
            found: str | None = await connection.fetchval(_CASE, victim_id)
        return found

    async def join(self, join_id: str) -> PersonJoin | None:
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(_JOIN, join_id)
        return None if row is None else PersonJoin(*row)

    def joining(self, join: PersonJoin, *, by: str) -> tuple[Effect, ...]:
        pair = (join.victim_id, join.into_victim_id)
        return OneRow(_ALIAS, pair), AnyRows(_FOLLOW, pair), OneRow(_NOTE, (join.join_id, *pair, by))

    def parting(self, join: PersonJoin, *, by: str) -> tuple[Effect, ...]:
        return OneRow(_PART, (join.join_id, by)), AnyRows(_FORGET, (join.victim_id,)), AnyRows(_REMAKE, ())
