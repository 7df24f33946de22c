"""Doubtful events in the log, and which doubts were cleared."""

from collections.abc import Callable, Sequence

import msgspec
from chassis.database import Pool
from chassis.log.effects import Effect, OneRow
from contracts.cps import CaseReferencesLinked
from contracts.events import parse_recorded
from contracts.facts import VictimFact
from contracts.plain import Plain

from intake.identity.claims import NO_CLAIMS, Claims, Link
from intake.identity.mentions import mention_of, without_doubts
from intake.identity.names_store import resolve_within
from intake.identity.planning import plan
from intake.recording.doubts import Doubtful

_UNLINKED = """
SELECT coalesce(now.crime_id, c.case_id), now.now_id
FROM unnest($2::text[]) AS c(case_id) LEFT JOIN case_alias now USING (case_id)
WHERE NOT EXISTS (
  SELECT FROM victim_link l LEFT JOIN case_alias a USING (case_id)
  WHERE l.victim_id = $1 AND l.revoked_at IS NULL AND c.case_id IN (l.case_id, a.crime_id, a.now_id)
)
"""
_DOUBTFUL = """
SELECT body FROM log WHERE id = $1 AND source = ANY ($2::text[]) AND key IS NOT NULL ORDER BY position
"""
_CLEAR = "INSERT INTO doubt_cleared (source, event_id, cleared_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"


class _Body(msgspec.Struct):
    id: str
    source: str
    caseid: str
    victimid: str | None = None
    doubt: str | None = None
    crimeids: str | None = None


class DatabaseDoubts:
    """Reads from the pool; the effect it makes runs in the transaction that records the decision."""

    def __init__(self, pool: Pool, *, sources: Sequence[str]) -> None:
        self._pool = pool
        self._sources = list(sources)

    async def doubtful(self, event_id: str, *, source: str | None) -> Doubtful | None:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_DOUBTFUL, event_id, [source] if source else self._sources)
        bodies = [msgspec.json.decode(row["body"], type=_Body) for row in rows]
        found = [
            Doubtful(b.source, b.id, b.caseid, b.victimid, bytes(row["body"]), b.crimeids)
            for row, b in zip(rows, bodies, strict=True)
            if b.doubt
        ]
        return found[0] if found else None

    async def held_up(self, doubtful: Doubtful, *, new_id: Callable[[], str]) -> Claims:
        event = parse_recorded(doubtful.body)
        if isinstance(event.data, CaseReferencesLinked):
            mention = without_doubts(mention_of(event.envelope.type.partition(".")[0], Plain.of(event.data)))
            async with self._pool.acquire() as connection:
                resolved = await resolve_within(connection, [mention])
            resolved.directory.parted.clear()
            return plan(mention, resolved.directory, new_id=new_id).claims
        if not isinstance(event.data, VictimFact) or doubtful.victim_id is None:
            return NO_CLAIMS
        async with self._pool.acquire() as connection:
            wanted = await connection.fetch(_UNLINKED, doubtful.victim_id, doubtful.crimes)
        return Claims(links=tuple(Link(new_id(), doubtful.victim_id, case, matter=now) for case, now in wanted))

    def clearing(self, doubtful: Doubtful, *, by: str) -> Effect:
        return OneRow(_CLEAR, (doubtful.source, doubtful.id, by))
