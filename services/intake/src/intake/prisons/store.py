"""Movements and confirmed prison numbers in their tables."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from chassis.database import Pool
from chassis.log.effects import Effect, OneRow
from contracts.references import Reference, Scheme

from intake.documents.document import DocumentState
from intake.prisons.book import Numbers
from intake.prisons.confirmed import Confirmed
from intake.prisons.effects_store import Asking, Settling, Standing, Telling, doubled_among, questions_about
from intake.prisons.movements import TELLING, Meaning, Movement

_SEEN = "SELECT EXISTS (SELECT FROM movement WHERE identity = $1)"
_CONFIRMED = """
SELECT d.confirmation_id, d.case_id, d.defendant_id, d.well_formed, d.confirmed_at, c.opened_at
FROM defendant_number d JOIN opened_case c USING (case_id)
WHERE d.number_hash = $1 AND d.withdrawn_at IS NULL AND d.ended_at IS NULL ORDER BY d.case_id, d.defendant_id
"""
_WITHDRAWN = """
SELECT case_id, defendant_id, max(withdrawn_at) FROM defendant_number
WHERE number_hash = $1 AND withdrawn_at IS NOT NULL GROUP BY case_id, defendant_id
"""
_REFERENCES = """
SELECT r.case_id, r.scheme, r.issuer, r.value FROM reference r
WHERE r.case_id = ANY ($1::text[])
UNION ALL SELECT case_id, 'report-reference', 'throughline', reference FROM report WHERE case_id = ANY ($1::text[])
ORDER BY 2, 3, 4
"""
_KEPT = """
SELECT m.identity, m.meaning, m.prison, m.occurred_at FROM movement m JOIN document d USING (document_id)
WHERE m.number_hash = $1 AND m.meaning = ANY ($2::text[]) AND d.state <> $3 ORDER BY m.occurred_at
"""
_KEEP = """
INSERT INTO movement (identity, document_id, number_hash, other_hash, meaning, prison, occurred_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (identity) DO UPDATE SET meaning = excluded.meaning
WHERE movement.document_id = excluded.document_id AND movement.meaning = 'unknown'
"""
_NUMBERS = "SELECT number_hash, other_hash FROM movement WHERE document_id = $1"
_MOST_REFERENCES: Final = 20


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
            rows = await connection.fetch(_KEPT, number_hash, list(TELLING), DocumentState.DISMISSED)
        return [
            Movement("", occurred, None, prison, Meaning(meaning), identity)
            for identity, meaning, prison, occurred in rows
        ]

    async def numbers_of(self, document_id: str) -> Numbers:
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(_NUMBERS, document_id)
        return Numbers(None) if row is None else Numbers(*row)

    async def is_in_question(self, number_hash: bytes) -> bool:
        async with self._pool.acquire() as connection:
            return bool(await questions_about(connection, number_hash))

    async def doubled(self, movement: Movement, confirmations: Collection[str]) -> frozenset[str]:
        async with self._pool.acquire() as connection:
            return await doubled_among(connection, movement, confirmations)

    def keeping(self, movement: Movement, document_id: str, *, numbers: Numbers) -> Effect:
        m = movement
        kept = (m.identity, document_id, numbers.number, numbers.other, m.meaning, m.prison, m.occurred_at)
        return OneRow(_KEEP, kept)

    def standing(self, number_hash: bytes, confirmed: Sequence[Confirmed], *, in_question: bool) -> Effect:
        return Standing(number_hash, frozenset(one.confirmation_id for one in confirmed), in_question)

    def telling(self, movement: Movement, told: Mapping[str, str]) -> Effect:
        return Telling(movement, told)

    def asking(self, number_hash: bytes) -> Effect:
        return Asking(number_hash)

    def settling(self, number_hash: bytes) -> Effect:
        return Settling(number_hash)
