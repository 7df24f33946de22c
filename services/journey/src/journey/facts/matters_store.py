"""Links, merges and what they amount to: which victims belong to which matter."""

from collections.abc import Iterable, Sequence

from chassis.database import Connection
from contracts.ids import CaseId, VictimId

from journey.facts.concern import Accused
from journey.facts.fact import EventKey
from journey.facts.matter import Clearance, IdentityChange, Link, Member, Merge, Revocation

LINK = """
INSERT INTO victim_link (link_id, victim_id, case_id, defendants, offences, linked_at, position)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (link_id) DO NOTHING
"""
REVOKE = "UPDATE victim_link SET revoked_at = $2 WHERE link_id = $1 AND revoked_at IS NULL"
KNOWN_CASE = "INSERT INTO case_root (case_id, root_id) VALUES ($1, $1) ON CONFLICT DO NOTHING"
MERGE = """
UPDATE case_root SET root_id = target.root_id, merged_position = $3, merged_at = $4
FROM case_root AS gone, case_root AS target
WHERE gone.case_id = $1 AND target.case_id = $2
  AND case_root.root_id = gone.root_id AND gone.root_id <> target.root_id
"""
CLEAR = "INSERT INTO doubt_cleared (source, id, cleared_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
ROOTS = "SELECT DISTINCT root_id::text FROM case_root WHERE case_id = ANY($1::uuid[])"
FORGET = "DELETE FROM membership WHERE root_id = ANY($1::uuid[])"
RECOMPUTE = """
WITH linked AS (
    SELECT r.root_id, l.victim_id, l.revoked_at IS NULL AS active,
           CASE WHEN l.revoked_at IS NULL THEN l.defendants ELSE '{}' END AS defendants,
           CASE WHEN l.revoked_at IS NULL THEN l.offences ELSE '{}' END AS offences,
           l.position, l.linked_at
    FROM victim_link l JOIN case_root r USING (case_id) WHERE r.root_id = ANY($1::uuid[])
), merged AS (
    SELECT root_id, max(merged_position) AS position, max(merged_at) AS at
    FROM case_root WHERE root_id = ANY($1::uuid[]) GROUP BY root_id
)
INSERT INTO membership (root_id, victim_id, defendants, offences, active, since_position, since_at)
SELECT k.root_id, k.victim_id,
       ARRAY(SELECT DISTINCT unnest(x.defendants) FROM linked x
             WHERE x.root_id = k.root_id AND x.victim_id = k.victim_id ORDER BY 1),
       ARRAY(SELECT DISTINCT unnest(x.offences) FROM linked x
             WHERE x.root_id = k.root_id AND x.victim_id = k.victim_id ORDER BY 1),
       bool_or(k.active), greatest(max(k.position), max(m.position)), greatest(max(k.linked_at), max(m.at))
FROM linked k JOIN merged m USING (root_id) GROUP BY k.root_id, k.victim_id
"""
MEMBERS = """
SELECT r.case_id::text, m.victim_id::text, m.defendants, m.offences, m.active, m.since_position, m.since_at
FROM case_root r JOIN membership m USING (root_id) WHERE r.case_id = ANY($1::uuid[])
ORDER BY m.victim_id
"""
VICTIMS = "SELECT DISTINCT victim_id::text FROM membership WHERE active AND root_id = ANY($1::uuid[])"
CLEARED = """
SELECT d.source, d.id FROM doubt_cleared d
JOIN unnest($1::text[], $2::text[]) AS wanted(source, id) ON wanted.source = d.source AND wanted.id = d.id
"""


class MatterTables:
    """Keeps `victim_link`, `case_root`, `membership` and `doubt_cleared`."""

    async def apply(self, connection: Connection, changes: Sequence[IdentityChange]) -> list[str]:
        """Apply the changes in order and recompute who belongs where; the matters (root ids) that changed."""
        cases: set[CaseId] = set()
        for change in changes:
            cases |= await self._apply(connection, change)
        roots = await self.roots_of(connection, cases)
        await connection.execute(FORGET, roots)
        await connection.execute(RECOMPUTE, roots)
        return roots

    async def roots_of(self, connection: Connection, cases: Iterable[CaseId]) -> list[str]:
        """The matters to which these cases belong; cases nobody is linked to belong to none."""
        return [row["root_id"] for row in await connection.fetch(ROOTS, list(cases))]

    async def members_of(self, connection: Connection, cases: Iterable[CaseId]) -> dict[CaseId, list[Member]]:
        """For each case, the members of its matter, those with revoked links too."""
        members: dict[CaseId, list[Member]] = {}
        for row in await connection.fetch(MEMBERS, list(cases)):
            accused = Accused(frozenset(row["defendants"]), frozenset(row["offences"]))
            member = Member(VictimId(row["victim_id"]), accused, row["active"], row["since_position"], row["since_at"])
            members.setdefault(CaseId(row["case_id"]), []).append(member)
        return members

    async def victims_of(self, connection: Connection, roots: Iterable[str]) -> set[VictimId]:
        """Everybody linked to these matters."""
        return {VictimId(row["victim_id"]) for row in await connection.fetch(VICTIMS, list(roots))}

    async def cleared(self, connection: Connection, keys: Sequence[EventKey]) -> set[EventKey]:
        """Those of these facts that an officer looked at and lets be told."""
        rows = await connection.fetch(CLEARED, [key.source for key in keys], [key.id for key in keys])
        return {EventKey(row["source"], row["id"]) for row in rows}

    async def _apply(self, connection: Connection, change: IdentityChange) -> set[CaseId]:
        match change:
            case Link():
                await connection.execute(KNOWN_CASE, change.case_id)
                await connection.execute(LINK, *_link_row(change))
                return {change.case_id}
            case Revocation():
                await connection.execute(REVOKE, change.link_id, change.revoked_at)
                return {change.case_id}
            case Merge():
                await connection.execute(KNOWN_CASE, change.merged)
                await connection.execute(KNOWN_CASE, change.into)
                await connection.execute(FORGET, await self.roots_of(connection, (change.merged, change.into)))
                await connection.execute(MERGE, change.merged, change.into, change.position, change.merged_at)
                return {change.merged, change.into}
            case Clearance():
                await connection.execute(CLEAR, change.fact.source, change.fact.id, change.cleared_at)
                return set()


def _link_row(link: Link) -> tuple[object, ...]:
    return (
        link.link_id,
        link.victim_id,
        link.case_id,
        sorted(link.accused.defendants),
        sorted(link.accused.offences),
        link.linked_at,
        link.position,
    )
