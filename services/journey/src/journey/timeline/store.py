"""Reads what one victim's timeline is made of, in a few queries however long it is."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from asyncpg import Record as Row
from chassis.database import Connection
from contracts.ids import NewsId, VictimId

from journey.facts.concern import Reach
from journey.facts.fact import EventKey, Fact, Origin
from journey.facts.persons import Person
from journey.facts.store import COLUMNS, fact_from
from journey.tellings.one_person import as_said_of
from journey.tellings.record import Record
from journey.tellings.record_store import Records
from journey.tellings.telling import Contact
from journey.timeline.entries import Kept, Whereabouts
from journey.timeline.hers import Hers, hers_of
from journey.timeline.reading import CameLate, Material, OwedNow, SourceFreshness

KEPT = f"""
WITH kept AS (
    SELECT * FROM fact WHERE case_id = ANY($2::uuid[]) AND victim_id IS NULL
    UNION ALL
    SELECT * FROM fact WHERE victim_id = ANY($3::uuid[])
)
SELECT {COLUMNS}{{body}},
       CASE WHEN f.type IN ('witness-care.contact-made.v1', 'witness-care.contact-taken-back.v1')
            THEN convert_from(f.body, 'UTF8')::jsonb -> 'data' ->> 'contact_id' END AS contact_id,
       n.news_id::text, n.withdrawn_at IS NULL AS is_news,
       t.news_id AS reached, t.notified_at, t.delivered_at, t.failed_at, t.opened_at, t.seen_at
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
LATE = """
SELECT duty_id, source, event_id, due_at, closed_at AS came_at
FROM duty WHERE victim_id = $1 AND leg AND state = 'met' AND closed_at > due_at ORDER BY closed_at DESC, duty_key
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
        return await _material(connection, victim_id, query=FACTS)

    async def outline(self, connection: Connection, victim_id: VictimId) -> Material:
        """The same without the facts' bodies: enough to say what belongs, not what it says."""
        return await _material(connection, victim_id, query=OUTLINE)

    async def freshness(self, connection: Connection) -> list[SourceFreshness]:
        """When something of each source was last recorded."""
        return [SourceFreshness(**dict(row)) for row in await connection.fetch(FRESHNESS)]

    async def owed(self, connection: Connection, victim_id: VictimId) -> list[OwedNow]:
        """What is owed to this victim now, soonest first."""
        return [OwedNow(**dict(row)) for row in await connection.fetch(OWED, victim_id)]

    async def late(self, connection: Connection, victim_id: VictimId) -> list[CameLate]:
        """What one agency told another late, the newest first."""
        return [CameLate(**dict(row)) for row in await connection.fetch(LATE, victim_id)]


async def _material(connection: Connection, victim_id: VictimId, *, query: str) -> Material:
    records = Records()
    person, cases = await records.person(connection, victim_id)
    if person.goes_on != victim_id:
        return await _left_behind(connection, victim_id, person, query=query)
    rows = await connection.fetch(query, victim_id, cases, list(person.known_as))
    facts = [fact_from(row) for row in rows]
    intake = [fact for fact in facts if fact.origin is Origin.INTAKE]
    record = await records.of_facts(connection, person, intake, cases=cases)
    elsewhere = await _elsewhere(connection, record.others) if record.others else {}
    matters, taken_back = _matters(record), _taken_back(facts, rows)
    kept = [
        _kept(fact, row, record, _Aside(elsewhere.get(fact.key), _by(taken_back, fact, row)))
        for fact, row in zip(facts, rows, strict=True)
        if fact.victim_id is not None or record.onlooker.ties.matter_of(fact.case_id or "") in matters
    ]
    said = [as_said_of(person, item.fact) for item in kept if _of_her_or_this_id(item, record)]
    return Material(kept, hers_of(said, record), linked=bool(record.links))


async def _left_behind(connection: Connection, victim_id: VictimId, person: Person, *, query: str) -> Material:
    """Of an id under which she does not go on: what our own services did by it, for officers alone."""
    rows = await connection.fetch(query, victim_id, [], [victim_id])
    facts = [fact_from(row) for row in rows]
    taken_back = _taken_back(facts, rows)
    kept = [
        Kept(fact, None, None, NOWHERE, taken_back_by=_by(taken_back, fact, row))
        for fact, row in zip(facts, rows, strict=True)
        if fact.origin is not Origin.INTAKE
    ]
    hers = {item.fact.key: Hers(Reach.OFFICER) for item in kept}
    return Material(kept, hers, linked=True, goes_on_as=person.goes_on)


async def _elsewhere(connection: Connection, others: Sequence[VictimId]) -> dict[EventKey, Whereabouts]:
    rows = await connection.fetch(ELSEWHERE, list(others))
    return {EventKey(row["source"], row["id"]): _whereabouts(row, None) for row in rows}


def _of_her_or_this_id(item: Kept, record: Record) -> bool:
    """Who answers to her, what was agreed with her and what officers were asked stand for the id that they name."""
    return item.fact.type not in OF_ONE_ID or item.fact.victim_id == record.victim_id


def _matters(record: Record) -> set[str]:
    """Those to which she is linked as things stand: nothing of another that was merged with one, and is so no more."""
    ties = record.onlooker.ties
    return {ties.matter_of(link.case_id) for link in ties.links if link.victim_id == record.victim_id}


def _taken_back(facts: Sequence[Fact], rows: Sequence[Row]) -> dict[str, EventKey]:
    """By contact, what says that it was recorded in error."""
    return {
        row["contact_id"]: fact.key
        for fact, row in zip(facts, rows, strict=True)
        if fact.type == "witness-care.contact-taken-back.v1"
    }


def _by(taken_back: Mapping[str, EventKey], fact: Fact, row: Row) -> EventKey | None:
    return taken_back.get(row["contact_id"]) if fact.type == "witness-care.contact-made.v1" else None


class _Aside(NamedTuple):
    """How far news of the same event went under her other ids, and what took back the contact that it is."""

    elsewhere: Whereabouts | None
    taken_back_by: EventKey | None


def _kept(fact: Fact, row: Row, record: Record, aside: _Aside) -> Kept:
    news_id = row["news_id"]
    contact = record.tellings.told_by(news_id, occurred_at=fact.occurred_at) if news_id else None
    whereabouts = _whereabouts(row, contact)
    if aside.elsewhere is not None:
        whereabouts = whereabouts.or_earlier(aside.elsewhere)
    return Kept(
        fact=fact,
        root_id=record.onlooker.ties.matter_of(fact.case_id) if fact.case_id else None,
        news_id=NewsId(news_id) if news_id and row["is_news"] else None,
        whereabouts=whereabouts,
        taken_back_by=aside.taken_back_by,
    )


def _whereabouts(row: Row, contact: Contact | None) -> Whereabouts:
    if contact is None and all(row[step] is None for step in STEPS):
        return NOWHERE
    return Whereabouts(
        **{step: row[step] for step in STEPS},
        contacted_at=contact.made_at if contact else None,
        contacted_how=contact.how if contact else None,
    )
