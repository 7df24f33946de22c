"""Reads what one victim's timeline is made of, in a few queries however long it is."""

from collections.abc import Mapping, Sequence
from typing import Final

from asyncpg import Record as Row
from chassis.database import Connection
from contracts.ids import NewsId, VictimId

from journey.facts.concern import Reach
from journey.facts.fact import EventKey, Origin
from journey.facts.store import COLUMNS, fact_from
from journey.tellings.one_person import as_said_of
from journey.tellings.record import Record
from journey.tellings.record_store import Records
from journey.tellings.telling import Contact
from journey.timeline.entries import Kept, Whereabouts
from journey.timeline.hers import Hers, hers_of
from journey.timeline.reading import Material, OwedNow, SourceFreshness

KEPT = f"""
WITH kept AS (
    SELECT * FROM fact WHERE case_id = ANY($2::uuid[]) AND victim_id IS NULL
    UNION ALL
    SELECT * FROM fact WHERE victim_id = ANY($3::uuid[])
)
SELECT {COLUMNS}{{body}}, n.news_id::text, n.withdrawn_at IS NULL AS is_news,
       t.notified_at, t.delivered_at, t.failed_at, t.opened_at, t.seen_at
FROM kept f
LEFT JOIN news n ON n.victim_id = $1 AND n.source = f.source AND n.id = f.id
LEFT JOIN telling t ON t.news_id = n.news_id AND t.victim_id = $1
"""
OUTLINE, FACTS = KEPT.format(body=""), KEPT.format(body=", f.body")
# How far news of the same events went under her other ids.
ELSEWHERE = """
SELECT n.source, n.id, min(t.notified_at) AS notified_at, min(t.delivered_at) AS delivered_at,
       min(t.failed_at) AS failed_at, min(t.opened_at) AS opened_at, min(t.seen_at) AS seen_at
FROM telling t JOIN news n USING (news_id, victim_id) WHERE t.victim_id = ANY($1::uuid[]) GROUP BY n.source, n.id
"""
FRESHNESS = "SELECT source, publisher, last_recorded_at FROM freshness ORDER BY publisher, source"
OWED = """
SELECT duty_key::text, duty_id, owner, due_at, reminder_at, opened_at, code_edition, beyond_calendar, news_id::text
FROM duty WHERE victim_id = $1 AND state = 'open' ORDER BY due_at, duty_key
"""


NOWHERE: Final = Whereabouts()
STEPS: Final = ("notified_at", "delivered_at", "failed_at", "opened_at", "seen_at")
OF_ONE_ID: Final = frozenset(
    {
        "notifications.contact-promise-agreed.v1",
        "notifications.contact-promise-questioned.v1",
        "notifications.officer-contact-due.v1",
        "notifications.officer-contact-withdrawn.v1",
        "witness-care.access-granted.v1",
        "witness-care.access-revoked.v1",
        "witness-care.contact-assigned.v1",
    }
)


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
    [record] = await Records().of(connection, [victim_id])
    if record.victim_id != victim_id:
        return await _left_behind(connection, victim_id, record, facts=facts)
    cases = {link.case_id for link in record.onlooker.ties.links if link.victim_id == victim_id}
    matters = {record.onlooker.ties.matter_of(case_id) for case_id in cases}
    looked_at = [case_id for case_id in record.cases if record.onlooker.ties.matter_of(case_id) in matters]
    rows = await connection.fetch(facts, victim_id, looked_at, list(record.person.known_as))
    elsewhere = await _elsewhere(connection, record.others) if record.others else {}
    kept = [_kept(row, record, elsewhere) for row in rows]
    hers = hers_of([as_said_of(record.person, item.fact) for item in kept if _of_her_or_this_id(item, record)], record)
    return Material(kept, hers, linked=bool(record.links))


async def _left_behind(connection: Connection, victim_id: VictimId, record: Record, *, facts: str) -> Material:
    """Of an id under which she does not go on: what our own services did by it, for officers alone."""
    rows = [_kept(row, record, {}) for row in await connection.fetch(facts, victim_id, [], [victim_id])]
    kept = [item for item in rows if item.fact.origin is not Origin.INTAKE]
    hers = {item.fact.key: Hers(Reach.OFFICER) for item in kept}
    return Material(kept, hers, linked=True, goes_on_as=record.victim_id)


async def _elsewhere(connection: Connection, others: Sequence[VictimId]) -> dict[EventKey, Whereabouts]:
    rows = await connection.fetch(ELSEWHERE, list(others))
    return {EventKey(row["source"], row["id"]): _whereabouts(row, None) for row in rows}


def _of_her_or_this_id(item: Kept, record: Record) -> bool:
    """Who answers to her, what was agreed with her and what officers were asked stand for the id that they name."""
    return item.fact.type not in OF_ONE_ID or item.fact.victim_id == record.victim_id


def _kept(row: Row, record: Record, elsewhere: Mapping[EventKey, Whereabouts]) -> Kept:
    fact, news_id = fact_from(row), row["news_id"]
    contact = record.tellings.told_by(news_id, occurred_at=fact.occurred_at) if news_id else None
    whereabouts = _whereabouts(row, contact)
    if (there := elsewhere.get(fact.key)) is not None:
        whereabouts = whereabouts.or_earlier(there)
    return Kept(
        fact=fact,
        root_id=record.onlooker.ties.matter_of(fact.case_id) if fact.case_id else None,
        news_id=NewsId(news_id) if news_id and row["is_news"] else None,
        whereabouts=whereabouts,
    )


def _whereabouts(row: Row, contact: Contact | None) -> Whereabouts:
    if contact is None and all(row[step] is None for step in STEPS):
        return NOWHERE
    return Whereabouts(
        **{step: row[step] for step in STEPS},
        contacted_at=contact.made_at if contact else None,
        contacted_how=contact.how if contact else None,
    )
