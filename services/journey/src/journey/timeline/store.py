"""Reads what one victim's timeline is made of, in a few queries however long it is."""

from asyncpg import Record
from chassis.database import Connection
from contracts.ids import CaseId, NewsId, VictimId

from journey.facts.concern import Accused
from journey.facts.fact import EventKey
from journey.facts.matter import Member
from journey.facts.store import COLUMNS, fact_from
from journey.timeline.entries import Kept, Whereabouts
from journey.timeline.hers import Links, hers_of
from journey.timeline.reading import Material, OwedNow, SourceFreshness

MEMBERSHIPS = """
SELECT root_id::text, victim_id::text, defendants, offences, active, since_position, since_at
FROM membership WHERE victim_id = $1
"""
KEPT = f"""
WITH kept AS (
    SELECT f.*, r.root_id FROM case_root r JOIN fact f USING (case_id)
    WHERE r.root_id = ANY($2::uuid[]) AND f.victim_id IS NULL
    UNION ALL
    SELECT f.*, r.root_id FROM fact f LEFT JOIN case_root r USING (case_id) WHERE f.victim_id = $1
)
SELECT {COLUMNS}{{body}}, f.root_id::text, CASE WHEN n.withdrawn_at IS NULL THEN n.news_id END AS news_id,
       t.news_id AS told, t.notified_at, t.delivered_at, t.failed_at, t.opened_at, t.seen_at, t.contacted_at,
       t.contacted_how
FROM kept f
LEFT JOIN news n ON n.victim_id = $1 AND n.source = f.source AND n.id = f.id
LEFT JOIN telling t ON t.news_id = n.news_id
"""
OUTLINE, FACTS = KEPT.format(body=""), KEPT.format(body=", f.body")
CLEARED = "SELECT source, id FROM doubt_cleared WHERE (source, id) IN (SELECT * FROM unnest($1::text[], $2::text[]))"
# By the recorded case; by the matter for a case that nobody is linked to of itself.
ALONE = """
WITH linked AS (
    SELECT r.root_id, l.case_id, l.victim_id FROM victim_link l JOIN case_root r USING (case_id)
    WHERE r.root_id = ANY($2::uuid[])
)
SELECT r.case_id::text FROM case_root r WHERE r.root_id = ANY($2::uuid[]) AND NOT EXISTS (
    SELECT FROM linked other WHERE other.victim_id <> $1 AND (other.case_id = r.case_id OR (
        other.root_id = r.root_id AND NOT EXISTS (SELECT FROM linked here WHERE here.case_id = r.case_id))))
"""
FRESHNESS = "SELECT source, publisher, last_recorded_at FROM freshness ORDER BY publisher, source"
OWED = """
SELECT duty_key::text, duty_id, owner, due_at, reminder_at, opened_at, code_edition, beyond_calendar, news_id::text
FROM duty WHERE victim_id = $1 AND state = 'open' ORDER BY due_at, duty_key
"""


NOWHERE = Whereabouts()


class TimelineTables:
    """Gathers a victim's facts, links, duties and the freshness of the sources."""

    async def material(self, connection: Connection, victim_id: VictimId) -> Material:
        """Everything that may belong to the timeline; what does is for the domain to say."""
        return await _material(connection, victim_id, facts=FACTS)

    async def outline(self, connection: Connection, victim_id: VictimId) -> Material:
        """The same without the facts' bodies: enough to say what belongs, not what it says."""
        return await _material(connection, victim_id, facts=OUTLINE)

    async def freshness(self, connection: Connection) -> list[SourceFreshness]:
        """When something of each source was last recorded."""
        return [SourceFreshness(**dict(row)) for row in await connection.fetch(FRESHNESS)]

    async def owed(self, connection: Connection, victim_id: VictimId) -> list[OwedNow]:
        """What is owed to this victim now, soonest first."""
        return [OwedNow(**dict(row)) for row in await connection.fetch(OWED, victim_id)]


async def _material(connection: Connection, victim_id: VictimId, *, facts: str) -> Material:
    memberships = {row["root_id"]: _member(row) for row in await connection.fetch(MEMBERSHIPS, victim_id)}
    active = [root_id for root_id, member in memberships.items() if member.active]
    kept = [_kept(row) for row in await connection.fetch(facts, victim_id, active)]
    doubtful = [item.fact.key for item in kept if item.fact.doubt]
    rows = await connection.fetch(CLEARED, [key.source for key in doubtful], [key.id for key in doubtful])
    cleared = frozenset(EventKey(row["source"], row["id"]) for row in rows)
    alone_in = frozenset(CaseId(row["case_id"]) for row in await connection.fetch(ALONE, victim_id, active))
    links = Links(victim_id, memberships, cleared, alone_in)
    return Material(kept, hers_of([(item.fact, item.root_id) for item in kept], links), linked=bool(memberships))


def _member(row: Record) -> Member:
    return Member(
        victim_id=VictimId(row["victim_id"]),
        accused=Accused(frozenset(row["defendants"]), frozenset(row["offences"])),
        active=row["active"],
        since_position=row["since_position"],
        since_at=row["since_at"],
    )


def _kept(row: Record) -> Kept:
    news_id = row["news_id"]
    return Kept(fact_from(row), row["root_id"], NewsId(str(news_id)) if news_id else None, _whereabouts(row))


def _whereabouts(row: Record) -> Whereabouts:
    if row["told"] is None:
        return NOWHERE
    return Whereabouts(
        notified_at=row["notified_at"],
        delivered_at=row["delivered_at"],
        failed_at=row["failed_at"],
        opened_at=row["opened_at"],
        seen_at=row["seen_at"],
        contacted_at=row["contacted_at"],
        contacted_how=row["contacted_how"],
    )
