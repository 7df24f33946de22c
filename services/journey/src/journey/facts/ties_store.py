"""Links, merges and cleared doubts as intake decided them, and whose matters they touch."""

from collections.abc import Collection, Iterable, Sequence
from typing import assert_never

from asyncpg import Record
from chassis.database import Connection
from contracts.ids import CaseId, EventId, VictimId

from journey.facts.concern import Accused
from journey.facts.fact import EventKey
from journey.facts.persons import Join, Parting
from journey.facts.persons_store import note_join
from journey.facts.ties import Clearance, IdentityChange, Link, Merge, MergeUndone, Revocation

LINK = """
INSERT INTO victim_link (link_id, victim_id, case_id, defendants, offences, linked_at, position)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (link_id) DO NOTHING
"""
REVOKE = "INSERT INTO link_revoked VALUES ($1, $2) ON CONFLICT DO NOTHING"
KNOWN_CASE = "INSERT INTO case_root (case_id, root_id) SELECT c, c FROM unnest($1::uuid[]) AS c ON CONFLICT DO NOTHING"
MERGE = "INSERT INTO case_merge VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
UNDO = "INSERT INTO merge_undone VALUES ($1, $2) ON CONFLICT DO NOTHING"
# Cases once looked at together stay so; a merge that is undone is looked at and found undone.
LOOKED_AT_TOGETHER = """
UPDATE case_root SET root_id = target.root_id FROM case_root AS gone, case_root AS target
WHERE gone.case_id = $1 AND target.case_id = $2 AND case_root.root_id = gone.root_id AND gone.root_id <> target.root_id
"""
CLEAR = "INSERT INTO doubt_cleared (source, id, cleared_at, position) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
VICTIMS = """
SELECT DISTINCT l.victim_id::text FROM case_root named JOIN case_root r USING (root_id)
JOIN victim_link l ON l.case_id = r.case_id WHERE named.case_id = ANY($1::uuid[])
"""
CASES = """
SELECT l.victim_id::text, r.case_id::text FROM victim_link l JOIN case_root named USING (case_id)
JOIN case_root r USING (root_id) WHERE l.victim_id = ANY($1::uuid[])
"""
LINKS = """
SELECT l.link_id, l.victim_id::text, l.case_id::text, l.defendants, l.offences, l.linked_at, l.position,
       v.link_id IS NULL AS stands
FROM victim_link l LEFT JOIN link_revoked v USING (link_id) WHERE l.case_id = ANY($1::uuid[]) ORDER BY l.position
"""
MERGES = """
SELECT m.event_id, m.merged::text, m.into_case::text, m.same_crime, m.merged_at, m.position,
       u.event_id IS NULL AS stands
FROM case_merge m LEFT JOIN merge_undone u USING (event_id) WHERE m.merged = ANY($1::uuid[]) ORDER BY m.position
"""
CLEARED = """
SELECT d.source, d.id, d.cleared_at, d.position FROM doubt_cleared d
JOIN unnest($1::text[], $2::text[]) AS wanted(source, id) ON wanted.source = d.source AND wanted.id = d.id
"""


class TiesTables:
    """Keeps `victim_link`, `link_revoked`, `case_merge`, `merge_undone`, `case_root` and `doubt_cleared`."""

    async def note(self, connection: Connection, changes: Iterable[IdentityChange]) -> None:
        """Keep these decisions, in whatever order they come: links, of which there are many, all at once."""
        links: list[Link] = []
        for change in changes:
            if isinstance(change, Link):
                links.append(change)
            else:
                await _note(connection, change)
        if links:
            await connection.execute(KNOWN_CASE, list({link.case_id for link in links}))
            await connection.executemany(LINK, [_link_row(link) for link in links])

    async def victims_of(self, connection: Connection, cases: Collection[CaseId]) -> set[VictimId]:
        """Everybody who was ever linked to a matter of these cases."""
        return {VictimId(row["victim_id"]) for row in await connection.fetch(VICTIMS, list(cases))} if cases else set()

    async def cases_of(self, connection: Connection, victims: Collection[VictimId]) -> list[tuple[VictimId, CaseId]]:
        """Each of these victims with every case of every matter to which she was ever linked."""
        rows = await connection.fetch(CASES, list(victims))
        return [(VictimId(row["victim_id"]), CaseId(row["case_id"])) for row in rows]

    async def links_of(self, connection: Connection, cases: Collection[CaseId]) -> list[Link]:
        """Everybody's links to these cases, whether they stand or not."""
        return [_link(row) for row in await connection.fetch(LINKS, list(cases))]

    async def merges_of(self, connection: Connection, cases: Collection[CaseId]) -> list[Merge]:
        """The merges of these cases into others, whether they stand or not."""
        return [_merge(row) for row in await connection.fetch(MERGES, list(cases))]

    async def cleared(self, connection: Connection, keys: Sequence[EventKey]) -> dict[EventKey, Clearance]:
        """Those of these facts that an officer looked at and lets be told."""
        if not keys:
            return {}
        rows = await connection.fetch(CLEARED, [key.source for key in keys], [key.id for key in keys])
        found = [Clearance(EventKey(row["source"], row["id"]), row["cleared_at"], row["position"]) for row in rows]
        return {clearance.fact: clearance for clearance in found}


async def _note(connection: Connection, change: Revocation | Merge | MergeUndone | Clearance | Join | Parting) -> None:
    match change:
        case Revocation():
            await connection.execute(REVOKE, change.link_id, change.revoked_at)
        case Merge():
            await connection.execute(KNOWN_CASE, [change.merged, change.into])
            await connection.execute(MERGE, *_merge_row(change))
            await connection.execute(LOOKED_AT_TOGETHER, change.merged, change.into)
        case MergeUndone():
            await connection.execute(UNDO, change.event_id, change.undone_at)
        case Clearance():
            key = change.fact
            await connection.execute(CLEAR, key.source, key.id, change.cleared_at, change.position)
        case Join() | Parting():
            await note_join(connection, change)
        case _:
            assert_never(change)


def _link_row(link: Link) -> tuple[object, ...]:
    accused = sorted(link.accused.defendants), sorted(link.accused.offences)
    return link.link_id, link.victim_id, link.case_id, *accused, link.linked_at, link.position


def _merge_row(merge: Merge) -> tuple[object, ...]:
    return merge.event_id, merge.merged, merge.into, merge.same_crime, merge.merged_at, merge.position


def _link(row: Record) -> Link:
    return Link(
        link_id=row["link_id"],
        victim_id=VictimId(row["victim_id"]),
        case_id=CaseId(row["case_id"]),
        accused=Accused(frozenset(row["defendants"]), frozenset(row["offences"])),
        linked_at=row["linked_at"],
        position=row["position"],
        stands=row["stands"],
    )


def _merge(row: Record) -> Merge:
    return Merge(
        event_id=EventId(row["event_id"]),
        merged=CaseId(row["merged"]),
        into=CaseId(row["into_case"]),
        merged_at=row["merged_at"],
        position=row["position"],
        same_crime=row["same_crime"],
        stands=row["stands"],
    )
