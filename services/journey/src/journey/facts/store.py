"""The table `fact`: every consumed event once, as it came."""

from collections.abc import Collection, Iterable, Sequence

from asyncpg import Record
from chassis.database import Connection
from contracts.ids import CaseId, VictimId

from journey.facts.concern import Accused
from journey.facts.fact import EventKey, Fact, Origin

COLUMNS = """f.topic, f.position, f.source, f.id, f.type, f.case_id::text, f.victim_id::text, f.defendants, f.offences,
f.thread, f.original_source, f.original_id, f.occurred_at, f.recorded_at, f.backfill, f.doubt"""
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
    "body",
)
HERE_ALREADY = "SELECT position FROM fact WHERE topic = $1 AND position = ANY($2::bigint[])"
OF_MATTERS = f"""
SELECT {COLUMNS} FROM fact f JOIN case_root r USING (case_id)
WHERE r.root_id = ANY($1::uuid[]) AND f.topic = 1
ORDER BY f.position
"""
# With what amends any of them: a retraction has no thread of its own.
IN_THREADS = f"""
SELECT {COLUMNS} FROM fact f
WHERE f.topic = 1 AND (f.thread = ANY($2::text[]) OR f.original_id IS NOT NULL) AND f.case_id IN (
    SELECT r.case_id FROM case_root r JOIN case_root named USING (root_id) WHERE named.case_id = ANY($1::uuid[]))
"""
NAMED = f"""
SELECT {COLUMNS} FROM fact f
JOIN unnest($1::text[], $2::text[]) AS wanted(source, id) ON wanted.source = f.source AND wanted.id = f.id
"""
CORRECTED = """
SELECT DISTINCT original_source, original_id FROM fact
WHERE (original_source, original_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
"""


class FactTable:
    """Stores facts in batches and finds those of a matter."""

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

    async def of_matters(self, connection: Connection, roots: Iterable[str]) -> list[Fact]:
        """Every intake fact of these matters, without bodies, in order of recording."""
        return [fact_from(row) for row in await connection.fetch(OF_MATTERS, list(roots))]

    async def in_threads(
        self, connection: Connection, threads: Collection[str], *, cases: Collection[CaseId]
    ) -> list[Fact]:
        """The intake facts of these threads in the matters of these cases, and every amendment there; no bodies."""
        return [fact_from(row) for row in await connection.fetch(IN_THREADS, list(cases), list(threads))]

    async def named(self, connection: Connection, keys: Iterable[EventKey]) -> dict[EventKey, Fact]:
        """The facts with these names, without bodies; those not here yet are left out."""
        rows = await connection.fetch(NAMED, *_split(keys))
        return {fact.key: fact for fact in map(fact_from, rows)}

    async def corrected(self, connection: Connection, keys: Iterable[EventKey]) -> set[EventKey]:
        """Those of these facts that a later one corrects or takes back."""
        rows = await connection.fetch(CORRECTED, *_split(keys))
        return {EventKey(row["original_source"], row["original_id"]) for row in rows}


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
        accused=Accused(frozenset(row["defendants"] or ()), frozenset(row["offences"] or ())),
        thread=row["thread"],
        original=original,
        occurred_at=row["occurred_at"],
        recorded_at=row["recorded_at"],
        backfill=row["backfill"],
        doubt=row["doubt"],
        body=row.get("body") or b"",
    )


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
        fact.body,
    )


def _split(keys: Iterable[EventKey]) -> tuple[list[str], list[str]]:
    pairs = list(keys)
    return [key.source for key in pairs], [key.id for key in pairs]
