"""What officers decide about, in the identity tables and the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from chassis.clock import business_now
from chassis.database import Connection, Pool
from contracts.cps import CaseReferencesLinked
from contracts.events import parse_recorded
from contracts.facts import VictimFact
from contracts.plain import Plain

from intake.identity.claims import NO_CLAIMS, Claims, Link
from intake.identity.mentions import mention_of, without_doubts
from intake.identity.names_store import resolve_within
from intake.identity.planning import plan
from intake.linking.officers import Doubtful, NewConfirmation, StandingLink
from intake.recording.ports import Effect

_CASE = """
SELECT coalesce(a.now_id, c.case_id) FROM opened_case c LEFT JOIN case_alias a USING (case_id) WHERE c.case_id = $1
"""
_NAMED = """
SELECT EXISTS (SELECT FROM reference WHERE case_id = $1) OR EXISTS (SELECT FROM report WHERE case_id = $1)
"""
_VICTIM = """
SELECT EXISTS (SELECT FROM victim_link WHERE victim_id = $1) OR EXISTS (SELECT FROM report WHERE victim_id = $1)
OR EXISTS (SELECT FROM victim_number WHERE victim_id = $1)
"""
_LINK = "SELECT link_id, victim_id, case_id FROM victim_link WHERE link_id = $1"
_LINKED = """
SELECT EXISTS (
  SELECT FROM victim_link l LEFT JOIN case_alias a USING (case_id)
  WHERE l.victim_id = $1 AND l.revoked_at IS NULL AND $2 IN (l.case_id, a.now_id)
)
"""
_DOUBTFUL = """
SELECT body FROM log WHERE id = $1 AND source = ANY ($2::text[]) AND key IS NOT NULL ORDER BY position
"""
_CONFIRM = """
INSERT INTO defendant_number
  (confirmation_id, number_hash, case_id, defendant_id, well_formed, confirmed_by, carried_from)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (number_hash, case_id, defendant_id) WHERE withdrawn_at IS NULL
DO UPDATE SET carried_from = NULL
WHERE defendant_number.carried_from IS NOT NULL AND excluded.carried_from IS NULL
"""


class _Body(msgspec.Struct):
    id: str
    source: str
    caseid: str
    victimid: str | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement that must change one row, or what it was decided upon has changed."""

    sql: str
    arguments: tuple[object, ...]

    async def apply(self, connection: Connection) -> bool:
        return (await connection.execute(self.sql, *self.arguments)).endswith(" 1")


class DatabaseMatters:
    """Reads from the pool; the effects it makes run in the transaction that records the decision."""

    def __init__(self, pool: Pool, *, sources: Sequence[str]) -> None:
        self._pool = pool
        self._sources = list(sources)

    async def now(self) -> datetime:
        async with self._pool.acquire() as connection:
            return await business_now(connection)

    async def case(self, case_id: str) -> str | None:
        async with self._pool.acquire() as connection:
            found: str | None = await connection.fetchval(_CASE, case_id)
        return found

    async def is_named(self, case_id: str) -> bool:
        async with self._pool.acquire() as connection:
            return bool(await connection.fetchval(_NAMED, case_id))

    async def knows_victim(self, victim_id: str) -> bool:
        async with self._pool.acquire() as connection:
            return bool(await connection.fetchval(_VICTIM, victim_id))

    async def link(self, link_id: str) -> StandingLink | None:
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(_LINK, link_id)
        return None if row is None else StandingLink(*row)

    async def doubtful(self, event_id: str, *, source: str | None) -> Doubtful | None:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_DOUBTFUL, event_id, [source] if source else self._sources)
        bodies = [msgspec.json.decode(row["body"], type=_Body) for row in rows]
        found = [
            Doubtful(b.source, b.id, b.caseid, b.victimid, bytes(row["body"]))
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
            return plan(mention, resolved.directory, new_id=new_id).claims
        if not isinstance(event.data, VictimFact) or doubtful.victim_id is None:
            return NO_CLAIMS
        async with self._pool.acquire() as connection:
            linked = await connection.fetchval(_LINKED, doubtful.victim_id, doubtful.case_id)
        return NO_CLAIMS if linked else Claims(links=(Link(new_id(), doubtful.victim_id, doubtful.case_id),))

    def revoking(self, link_id: str, *, by: str) -> Effect:
        sql = """UPDATE victim_link SET revoked_by = $2, revoked_at = business_now()
        WHERE link_id = $1 AND revoked_at IS NULL"""
        return Statement(sql, (link_id, by))

    def confirming(self, confirmation: NewConfirmation) -> Effect:
        c = confirmation
        arguments = (c.id, c.number_hash, c.case_id, c.defendant_id, c.well_formed, c.by, c.carried_from)
        return Statement(_CONFIRM, arguments)

    def clearing(self, doubtful: Doubtful, *, by: str) -> Effect:
        sql = """INSERT INTO doubt_cleared (source, event_id, cleared_by)
        VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"""
        return Statement(sql, (doubtful.source, doubtful.id, by))
