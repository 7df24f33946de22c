"""The table `fact`: every consumed event once, as it came."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from asyncpg import Record
from chassis.database import Connection
from contracts.ids import CaseId, VictimId

from journey.facts.concern import NOBODY, Accused
from journey.facts.fact import EventKey, Fact, Origin
from journey.facts.news import TOLD_TO_SOMEBODY
from journey.facts.said import NOTHING_SAID, decode_said, encode_said

COLUMNS = """f.topic, f.position, f.source, f.id, f.type, f.case_id::text, f.victim_id::text, f.defendants, f.offences,
f.thread, f.original_source, f.original_id, f.occurred_at, f.recorded_at, f.backfill, f.doubt, f.said"""
STORED = (
    "topic",
    "position",
    "source",
    "id",
    "type",
    "case_id",
    "victim_id",
    "defendants",
    "offences",
    "thread",
    "original_source",
    "original_id",
    "occurred_at",
    "recorded_at",
    "backfill",
    "doubt",
    "said",
    "body",
)
HERE_ALREADY = "SELECT position FROM fact WHERE topic = $1 AND position = ANY($2::bigint[])"
# What nobody is told, amends nothing, takes no place and says nothing by which a rule chooses is not looked at.
OF_VICTIMS = f"""
SELECT {COLUMNS} FROM fact f
WHERE f.topic = 1 AND (f.case_id = ANY($1::uuid[]) OR f.victim_id = ANY($2::uuid[]))
  AND (f.type = ANY($3::text[]) OR f.original_id IS NOT NULL OR f.thread IS NOT NULL OR f.said IS NOT NULL)
ORDER BY f.position
"""
NAMED = f"""
SELECT {COLUMNS} FROM fact f
JOIN unnest($1::text[], $2::text[]) AS wanted(source, id) ON wanted.source = f.source AND wanted.id = f.id
"""
BODIES = "SELECT position, recorded_at, body FROM fact WHERE topic = 1 AND position > $1 ORDER BY position LIMIT $2"
VICTIMS = """
SELECT victim_id::text
FROM (SELECT victim_id FROM victim_link UNION SELECT victim_id FROM fact WHERE topic = 1) AS named
WHERE victim_id > $1 ORDER BY victim_id LIMIT $2
"""
SAY_AGAIN = """
UPDATE fact SET defendants = $2, offences = $3, thread = $4, said = $5 WHERE topic = 1 AND position = $1
"""


class FactTable:
    """Stores facts in batches and finds those that may matter to victims."""

    async def add(self, connection: Connection, facts: Sequence[Fact]) -> list[Fact]:
        """Store the batch, all of one topic; those that were not here before, in order."""
        if not facts:
            return []
        positions = [fact.position for fact in facts]
        rows = await connection.fetch(HERE_ALREADY, int(facts[0].origin), positions)
        here = {row["position"] for row in rows}
        new = [fact for fact in {fact.position: fact for fact in facts}.values() if fact.position not in here]
        await connection.copy_records_to_table("fact", records=map(_row, new), columns=STORED)
        return new

    async def of_victims(
        self, connection: Connection, victims: Iterable[VictimId], *, cases: Iterable[CaseId]
    ) -> list[Fact]:
        """Every intake fact of these cases or about these victims that may matter to them, in order, without bodies."""
        rows = await connection.fetch(OF_VICTIMS, list(cases), list(victims), list(TOLD_TO_SOMEBODY))
        return [fact_from(row) for row in rows]

    async def bodies_after(
        self, connection: Connection, position: int, *, limit: int
    ) -> list[tuple[int, datetime, bytes]]:
        """The next intake facts after a position: theirs, when each was recorded, and the event as it came."""
        return [tuple(row) for row in await connection.fetch(BODIES, position, limit)]

    async def victims_after(self, connection: Connection, last: VictimId, *, limit: int) -> list[VictimId]:
        """The next of all victims whom a fact or a link names, in the order of their ids."""
        return [VictimId(row["victim_id"]) for row in await connection.fetch(VICTIMS, last, limit)]

    async def say_again(self, connection: Connection, facts: Sequence[Fact]) -> None:
        """Keep what these facts say, as they are read now."""
        await connection.executemany(SAY_AGAIN, [_says(fact) for fact in facts])

    async def named(self, connection: Connection, keys: Iterable[EventKey]) -> dict[EventKey, Fact]:
        """The facts with these names, without bodies; those not here yet are left out."""
        pairs = list(keys)
        rows = await connection.fetch(NAMED, [key.source for key in pairs], [key.id for key in pairs])
        return {fact.key: fact for fact in map(fact_from, rows)}


def fact_from(row: Record) -> Fact:
    """A fact of `COLUMNS`; its body stays behind unless the row has one."""
    original = EventKey(row["original_source"], row["original_id"]) if row["original_id"] is not None else None
    return Fact(
        origin=Origin(row["topic"]),
        position=row["position"],
        key=EventKey(row["source"], row["id"]),
        type=row["type"],
        case_id=CaseId(row["case_id"]) if row["case_id"] else None,
        victim_id=VictimId(row["victim_id"]) if row["victim_id"] else None,
        accused=_accused(row["defendants"], row["offences"]),
        thread=row["thread"],
        original=original,
        occurred_at=row["occurred_at"],
        recorded_at=row["recorded_at"],
        backfill=row["backfill"],
        doubt=row["doubt"],
        body=row.get("body") or b"",
        said=decode_said(row["said"]) if row["said"] else NOTHING_SAID,
    )


def _accused(defendants: Sequence[str] | None, offences: Sequence[str] | None) -> Accused:
    if not defendants and not offences:
        return NOBODY
    return Accused(frozenset(defendants or ()), frozenset(offences or ()))


def _row(fact: Fact) -> tuple[object, ...]:
    original = fact.original
    return (
        int(fact.origin),
        fact.position,
        fact.key.source,
        fact.key.id,
        fact.type,
        fact.case_id,
        fact.victim_id,
        list(fact.accused.defendants) or None,
        list(fact.accused.offences) or None,
        fact.thread,
        original.source if original else None,
        original.id if original else None,
        fact.occurred_at,
        fact.recorded_at,
        fact.backfill,
        fact.doubt,
        _said(fact),
        fact.body,
    )


def _says(fact: Fact) -> tuple[object, ...]:
    accused = fact.accused
    return fact.position, list(accused.defendants) or None, list(accused.offences) or None, fact.thread, _said(fact)


def _said(fact: Fact) -> bytes | None:
    return None if fact.said is NOTHING_SAID else encode_said(fact.said)
