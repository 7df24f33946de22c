"""What rests on an event, in the identity tables, and how it is undone under the head lock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from chassis.database import Connection, Pool
from chassis.log.effects import AnyRows, Effect, OneRow

from intake.identity.cases import StandingLink
from intake.identity.claims import Merge, Tie
from intake.identity.joining import continued, joins, parting
from intake.identity.undoing import Apart, Told, Undone, apart

_ONE_CASE: Final = "SELECT one_case FROM case_tie WHERE source = $1 AND event_id = $2 LIMIT 1"
_MERGE: Final = "SELECT from_case, into_case, undone_at IS NOT NULL FROM case_merge WHERE event_id = $1"
_MEMBERS: Final = """
SELECT DISTINCT m.case_id FROM (
  SELECT coalesce((SELECT now_id FROM case_alias WHERE case_id = $1), $1) AS now_id) AS one
CROSS JOIN LATERAL (
  SELECT case_id FROM case_alias a WHERE a.now_id = one.now_id UNION ALL SELECT one.now_id) AS m(case_id)
"""
_TIES: Final = """
SELECT tie_id, one_case, other_case, same_crime FROM case_tie
WHERE parted_at IS NULL AND (one_case = ANY ($1::text[]) OR other_case = ANY ($1::text[])) ORDER BY tie_id
"""
_MERGES: Final = """
SELECT from_case, into_case, event_id, same_crime FROM case_merge
WHERE undone_at IS NULL AND from_case = ANY ($1::text[]) ORDER BY merged_at DESC, event_id DESC
"""
_TIES_OF: Final = "SELECT tie_id FROM case_tie WHERE source = $1 AND event_id = $2 AND parted_at IS NULL"
_FORGET_TIES: Final = "DELETE FROM case_tie WHERE source = $1 AND event_id = $2 AND parted_at IS NULL"
_PART: Final = "UPDATE case_tie SET parted_by = $2, parted_at = business_now() WHERE tie_id = ANY ($1::bigint[])"
_FORGET: Final = "DELETE FROM case_alias WHERE case_id = ANY ($1::text[])"
_CONTINUE: Final = "INSERT INTO case_alias (case_id, now_id, crime_id) VALUES ($1, $2, $3)"
_UNDO: Final = "UPDATE case_merge SET undone_by = $2, undone_at = business_now() WHERE event_id = ANY ($1::text[])"
_MAKE: Final = """
INSERT INTO case_merge (event_id, from_case, into_case, same_crime, merged_by) VALUES ($1, $2, $3, $4, $5)
"""
_LINKS: Final = """
SELECT l.link_id, l.victim_id, l.case_id, EXISTS (
  SELECT FROM link_support o WHERE o.link_id = l.link_id AND (o.source, o.event_id) <> ($1, $2)) AS stands
FROM link_support s JOIN victim_link l USING (link_id)
WHERE s.source = $1 AND s.event_id = $2 AND l.revoked_at IS NULL ORDER BY l.link_id
"""
_LEAN_ON_OTHERS: Final = "DELETE FROM link_support WHERE source = $1 AND event_id = $2"
_REVOKE: Final = """
UPDATE victim_link SET revoked_by = $2, revoked_at = business_now(), taken_back = true
WHERE link_id = $1 AND revoked_at IS NULL AND NOT EXISTS (SELECT FROM link_support s WHERE s.link_id = $1)
"""
_STANDS: Final = "SELECT FROM link_support WHERE link_id = $1 LIMIT 1"
_JOINED: Final = """
SELECT EXISTS (SELECT FROM name_joined WHERE source = $1 AND event_id = $2)
OR EXISTS (SELECT FROM number_joined WHERE source = $1 AND event_id = $2)
"""
# What nobody else says is known no more; what others say too goes by them from now on.
_UNJOIN: Final = (
    """
UPDATE name_joined other SET attached = true FROM name_joined mine
WHERE mine.source = $1 AND mine.event_id = $2 AND mine.attached
AND (other.scheme, other.issuer, other.value) = (mine.scheme, mine.issuer, mine.value)
""",
    """
DELETE FROM reference r USING name_joined mine WHERE mine.source = $1 AND mine.event_id = $2 AND mine.attached
AND (r.scheme, r.issuer, r.value) = (mine.scheme, mine.issuer, mine.value) AND NOT EXISTS (
  SELECT FROM name_joined o WHERE (o.scheme, o.issuer, o.value) = (r.scheme, r.issuer, r.value)
  AND (o.source, o.event_id) <> ($1, $2))
""",
    "DELETE FROM name_joined WHERE source = $1 AND event_id = $2",
    """
DELETE FROM victim_number v USING number_joined mine WHERE mine.source = $1 AND mine.event_id = $2
AND (v.issuer, v.number) = (mine.issuer, mine.number) AND NOT EXISTS (
  SELECT FROM number_joined o WHERE (o.issuer, o.number) = (v.issuer, v.number)
  AND (o.source, o.event_id) <> ($1, $2))
""",
    "DELETE FROM number_joined WHERE source = $1 AND event_id = $2",
)


class DatabaseUndoing:
    """Reads from the pool; its effects look again, under the head lock, at what they were decided upon."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def caused_by(self, source: str, event_id: str, *, by: str, new_id: Callable[[], str]) -> Undone:
        async with self._pool.acquire() as connection:
            links = await connection.fetch(_LINKS, source, event_id)
            joined = await connection.fetchval(_JOINED, source, event_id)
            case = await connection.fetchval(_ONE_CASE, source, event_id)
            told = await _told(connection, case) if case else Told((), ())
            gone = [row[0] for row in await connection.fetch(_TIES_OF, source, event_id)] if case else []
        falls = [StandingLink(*row[:3]) for row in links if not row["stands"]]
        effects: list[Effect] = [AnyRows(sql, (source, event_id)) for sql in _UNJOIN] if joined else []
        if links:
            effects.append(AnyRows(_LEAN_ON_OTHERS, (source, event_id)))
        effects += [OneRow(_REVOKE, (link.link_id, by)) for link in falls]
        effects += [OneRow(_STANDS, (row["link_id"],)) for row in links if row["stands"]]
        change = apart(told, gone, new_id=new_id)
        if gone:
            effects.append(_Parting(case, tuple(gone), change, by=by, forgets=(source, event_id)))
        return Undone(tuple(falls), change, tuple(effects))

    async def of_merge(self, merged_event_id: str, *, by: str, new_id: Callable[[], str]) -> Undone | None:
        async with self._pool.acquire() as connection:
            merge = await connection.fetchrow(_MERGE, merged_event_id)
            if merge is None:
                return None
            from_case, into_case, undone = merge
            told = await _told(connection, from_case)
        if undone:
            return Undone()
        ties = parting([tie for _, tie in told.ties], from_case, into_case)
        gone = tuple(id_ for id_, tie in told.ties if tie in ties)
        change = apart(told, gone, new_id=new_id)
        asked = sorted(change.undone, key=lambda one: one.event_id != merged_event_id)
        change = Apart(tuple(asked), change.made)
        return Undone(apart=change, effects=(_Parting(from_case, gone, change, by=by),))


@dataclass(frozen=True, slots=True)
class _Parting:
    """Ties are no more; refused where the cases were joined or parted otherwise meanwhile."""

    case: str
    gone: tuple[int, ...]
    change: Apart
    by: str
    forgets: tuple[str, str] | None = None

    async def apply(self, connection: Connection) -> bool:
        told = await _told(connection, self.case)
        now = apart(told, self.gone, new_id=str)
        if set(now.undone) != set(self.change.undone) or now.shape[1:] != self.change.shape[1:]:
            return False
        await self._write(connection, [tie for id_, tie in told.ties if id_ not in self.gone])
        return True

    async def _write(self, connection: Connection, left: Sequence[Tie]) -> None:
        if self.forgets is not None:
            await connection.execute(_FORGET_TIES, *self.forgets)
        else:
            await connection.execute(_PART, list(self.gone), self.by)
        members = [row[0] for row in await connection.fetch(_MEMBERS, self.case)]
        await connection.execute(_FORGET, members)
        for case, (now, crime) in continued(list(joins(left))).items():
            await connection.execute(_CONTINUE, case, now, crime)
        await connection.execute(_UNDO, [merge.event_id for merge in self.change.undone], self.by)
        for merge in self.change.made:
            row = (merge.event_id, merge.from_case, merge.into_case, merge.same_crime, self.by)
            await connection.execute(_MAKE, *row)


async def _told(connection: Connection, case: str) -> Told:
    members = [row[0] for row in await connection.fetch(_MEMBERS, case)]
    ties = await connection.fetch(_TIES, members)
    merges = await connection.fetch(_MERGES, members)
    return Told(tuple((id_, Tie(*tie)) for id_, *tie in ties), tuple(Merge(*row) for row in merges))
