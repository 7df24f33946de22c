"""Movements and confirmed prison numbers in their tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chassis.database import Connection, Pool
from chassis.log.effects import Effect
from contracts.references import Reference, Scheme

from intake.documents.document import DocumentState
from intake.documents.store import ask, ask_no_more
from intake.prisons.confirmed import Confirmed
from intake.prisons.movements import RENUMBERING, TELLING, Meaning, Movement

_SEEN = "SELECT EXISTS (SELECT FROM movement WHERE identity = $1)"
_CONFIRMED = """
SELECT d.confirmation_id, d.case_id, d.defendant_id, d.well_formed, d.confirmed_at, c.opened_at
FROM defendant_number d JOIN opened_case c USING (case_id)
WHERE d.number_hash = $1 AND d.withdrawn_at IS NULL ORDER BY d.case_id, d.defendant_id
"""
_STANDING = "SELECT confirmation_id FROM defendant_number WHERE number_hash = $1 AND withdrawn_at IS NULL"
_WITHDRAWN = """
SELECT case_id, defendant_id, max(withdrawn_at) FROM defendant_number
WHERE number_hash = $1 AND withdrawn_at IS NOT NULL GROUP BY case_id, defendant_id
"""
_ALL_STAND = """
SELECT count(*) = cardinality($1::text[]) FROM defendant_number
WHERE confirmation_id = ANY ($1::text[]) AND withdrawn_at IS NULL
"""
_TELL = """
INSERT INTO told_movement (event_id, confirmation_id) SELECT * FROM unnest($1::text[], $2::text[])
ON CONFLICT DO NOTHING
"""
_REFERENCES = """
SELECT r.case_id, r.scheme, r.issuer, r.value FROM reference r
WHERE r.case_id = ANY ($1::text[])
UNION ALL SELECT case_id, 'report-reference', 'throughline', reference FROM report WHERE case_id = ANY ($1::text[])
ORDER BY 2, 3, 4
"""
_KEPT = """
SELECT identity, meaning, prison, occurred_at FROM movement
WHERE number_hash = $1 AND meaning = ANY ($2::text[]) ORDER BY occurred_at
"""
_KEEP = """
INSERT INTO movement (identity, document_id, number_hash, meaning, prison, occurred_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (identity) DO UPDATE SET meaning = excluded.meaning
WHERE movement.document_id = excluded.document_id AND movement.meaning = 'unknown'
"""
# asked anew where another defendant was confirmed since an officer decided
_TO_ASK = """
SELECT m.document_id, m.meaning FROM movement m JOIN document d USING (document_id)
WHERE m.number_hash = $1 AND m.meaning = ANY ($2::text[])
AND (d.state = ANY ($3::text[]) OR (d.state = $4 AND EXISTS (
  SELECT FROM defendant_number n
  WHERE n.number_hash = $1 AND n.withdrawn_at IS NULL AND n.confirmed_at > d.decided_at
)))
"""
_ASKED = "SELECT document_id FROM movement WHERE number_hash = $1 AND meaning = ANY ($2::text[])"
_MOST_REFERENCES: Final = 20


@dataclass(frozen=True, slots=True)
class _Keeping:
    movement: Movement
    document_id: str
    standing: "_Standing"

    async def apply(self, connection: Connection) -> bool:
        if not await self.standing.apply(connection):
            return False
        m = self.movement
        arguments = (m.identity, self.document_id, self.standing.number_hash, m.meaning, m.prison, m.occurred_at)
        return (await connection.execute(_KEEP, *arguments)).endswith(" 1")


@dataclass(frozen=True, slots=True)
class _Standing:
    number_hash: bytes | None
    confirmed: frozenset[str]

    async def apply(self, connection: Connection) -> bool:
        rows = await connection.fetch(_STANDING, self.number_hash)
        return self.confirmed == {row["confirmation_id"] for row in rows}


@dataclass(frozen=True, slots=True)
class _Telling:
    told: Mapping[str, str]

    async def apply(self, connection: Connection) -> bool:
        if not await connection.fetchval(_ALL_STAND, list({*self.told.values()})):
            return False
        await connection.execute(_TELL, list(self.told), list(self.told.values()))
        return True


@dataclass(frozen=True, slots=True)
class _Asking:
    number_hash: bytes
    whose: str | None

    async def apply(self, connection: Connection) -> bool:
        meanings = list(RENUMBERING)
        if self.whose is None:
            rows = await connection.fetch(_ASKED, self.number_hash, meanings)
            await ask_no_more(connection, [row["document_id"] for row in rows])
            return True
        open_ = [DocumentState.WAITING, DocumentState.QUESTION]
        rows = await connection.fetch(_TO_ASK, self.number_hash, meanings, open_, DocumentState.CONFIRMED)
        await ask(connection, {row["document_id"]: row["meaning"] for row in rows}, whose=self.whose)
        return True


class DatabaseMovementBook:
    """The tables `movement` and `defendant_number`; numbers are keyed hashes in both."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def seen(self, identity: str) -> bool:
        async with self._pool.acquire() as connection:
            return bool(await connection.fetchval(_SEEN, identity))

    async def confirmed(self, number_hash: bytes) -> Sequence[Confirmed]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_CONFIRMED, number_hash)
            named = await connection.fetch(_REFERENCES, [row["case_id"] for row in rows])
        references: dict[str, list[Reference]] = {}
        for case_id, scheme, issuer, value in named:
            references.setdefault(case_id, []).append(Reference(scheme=Scheme(scheme), issuer=issuer, value=value))
        return [
            Confirmed(id_, case_id, defendant_id, sound, at, since, tuple(references[case_id][:_MOST_REFERENCES]))
            for id_, case_id, defendant_id, sound, at, since in rows
        ]

    async def withdrawn(self, number_hash: bytes) -> Mapping[tuple[str, str], datetime]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_WITHDRAWN, number_hash)
        return {(case_id, defendant_id): at for case_id, defendant_id, at in rows}

    async def kept(self, number_hash: bytes) -> Sequence[Movement]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_KEPT, number_hash, list(TELLING))
        return [
            Movement("", occurred, None, prison, Meaning(meaning), identity)
            for identity, meaning, prison, occurred in rows
        ]

    def keeping(
        self, movement: Movement, document_id: str, *, number_hash: bytes | None, confirmed: Sequence[Confirmed]
    ) -> Effect:
        return _Keeping(movement, document_id, _Standing(number_hash, _ids(confirmed)))

    def standing(self, number_hash: bytes, confirmed: Sequence[Confirmed]) -> Effect:
        return _Standing(number_hash, _ids(confirmed))

    def telling(self, told: Mapping[str, str]) -> Effect:
        return _Telling(told)

    def asking(self, number_hash: bytes, *, whose: str | None) -> Effect:
        return _Asking(number_hash, whose)


def _ids(confirmed: Sequence[Confirmed]) -> frozenset[str]:
    return frozenset(one.confirmation_id for one in confirmed)
