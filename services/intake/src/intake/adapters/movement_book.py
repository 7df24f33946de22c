"""Movements and confirmed prison numbers in their tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chassis.database import Connection, Pool
from contracts.references import Reference, Scheme

from intake.application.documents import DocumentState
from intake.application.ports import Effect
from intake.application.prisons import Confirmed
from intake.domain.prison.movements import RENUMBERING, TELLING, Meaning, Movement

_SEEN = "SELECT EXISTS (SELECT FROM movement WHERE identity = $1)"
_CONFIRMED = """
SELECT d.case_id, d.defendant_id, d.well_formed, c.opened_at FROM defendant_number d JOIN opened_case c USING (case_id)
WHERE d.number_hash = $1 ORDER BY d.case_id, d.defendant_id
"""
_COUNT = "SELECT count(*) FROM defendant_number WHERE number_hash = $1"
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
_ASK = """
UPDATE document d SET state = $2, why = m.meaning || $3, asks = ARRAY[m.meaning]
FROM movement m WHERE m.document_id = d.document_id AND m.number_hash = $1 AND m.meaning = ANY ($4::text[])
AND (d.state = ANY ($5::text[]) OR (d.state = $6 AND EXISTS (
  SELECT FROM defendant_number n WHERE n.number_hash = $1 AND n.confirmed_at > d.decided_at
)))
"""
_MOST_REFERENCES: Final = 20


@dataclass(frozen=True, slots=True)
class _Keeping:
    movement: Movement
    document_id: str
    number_hash: bytes | None
    confirmed: int

    async def apply(self, connection: Connection) -> bool:
        if await connection.fetchval(_COUNT, self.number_hash) != self.confirmed:
            return False
        m = self.movement
        arguments = (m.identity, self.document_id, self.number_hash, m.meaning, m.prison, m.occurred_at)
        return (await connection.execute(_KEEP, *arguments)).endswith(" 1")


@dataclass(frozen=True, slots=True)
class _Standing:
    number_hash: bytes
    confirmed: int

    async def apply(self, connection: Connection) -> bool:
        return bool(await connection.fetchval(_COUNT, self.number_hash) == self.confirmed)


@dataclass(frozen=True, slots=True)
class _Asking:
    number_hash: bytes
    whose: str

    async def apply(self, connection: Connection) -> bool:
        open_ = [DocumentState.WAITING, DocumentState.QUESTION]
        arguments = (DocumentState.QUESTION, self.whose, list(RENUMBERING), open_, DocumentState.CONFIRMED)
        await connection.execute(_ASK, self.number_hash, *arguments)
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
            Confirmed(case_id, defendant_id, well_formed, since, tuple(references[case_id][:_MOST_REFERENCES]))
            for case_id, defendant_id, well_formed, since in rows
        ]

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
        return _Keeping(movement, document_id, number_hash, len(confirmed))

    def standing(self, number_hash: bytes, confirmed: Sequence[Confirmed]) -> Effect:
        return _Standing(number_hash, len(confirmed))

    def asking(self, number_hash: bytes, *, whose: str) -> Effect:
        return _Asking(number_hash, whose)
