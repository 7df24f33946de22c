"""Confirmations of prison numbers, by the number and by what was told because of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis.database import Connection, Pool
from chassis.log.effects import AnyRows, Effect, OneRow

from intake.prisons.confirmations import Confirmation, NewConfirmation

_CONFIRM = """
INSERT INTO defendant_number
  (confirmation_id, number_hash, case_id, defendant_id, well_formed, confirmed_by, carried_from)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (number_hash, case_id, defendant_id) WHERE withdrawn_at IS NULL AND ended_at IS NULL
DO UPDATE SET carried_from = NULL
WHERE defendant_number.carried_from IS NOT NULL AND excluded.carried_from IS NULL
"""
_OF = """
WITH RECURSIVE meant AS (
  SELECT d.* FROM defendant_number d LEFT JOIN case_alias a USING (case_id)
  WHERE d.number_hash = $1 AND coalesce(a.now_id, d.case_id) = $2 AND d.defendant_id = $3
  UNION SELECT n.* FROM defendant_number n JOIN meant m ON n.carried_from = m.confirmation_id
)
SELECT confirmation_id, number_hash, case_id, defendant_id, withdrawn_at IS NOT NULL FROM meant ORDER BY confirmation_id
"""
_TOLD = "SELECT event_id FROM told_movement WHERE confirmation_id = ANY ($1::text[])"
_WITHDRAW = """
UPDATE defendant_number d SET withdrawn_by = $3, withdrawn_at = business_now(), withdrawal_id = w.withdrawal_id
FROM unnest($1::text[], $2::text[]) AS w(confirmation_id, withdrawal_id)
WHERE d.confirmation_id = w.confirmation_id AND d.withdrawn_at IS NULL
"""
_END = """
UPDATE defendant_number SET ended_at = business_now()
WHERE confirmation_id = ANY ($1::text[]) AND withdrawn_at IS NULL AND ended_at IS NULL
"""
_CARRIED_ON = """
SELECT EXISTS (SELECT FROM defendant_number WHERE carried_from = ANY ($1::text[]) AND withdrawn_at IS NULL)
"""


@dataclass(frozen=True, slots=True)
class _Withdrawing:
    withdrawals: Mapping[str, str]
    told: frozenset[str]
    by: str

    async def apply(self, connection: Connection) -> bool:
        ids = list(self.withdrawals)
        if self.told != {row["event_id"] for row in await connection.fetch(_TOLD, ids)}:
            return False
        done = await connection.execute(_WITHDRAW, ids, list(self.withdrawals.values()), self.by)
        return done.endswith(f" {len(ids)}") and not await connection.fetchval(_CARRIED_ON, ids)


class DatabaseConfirmations:
    """The tables `defendant_number` and `told_movement`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def of(self, number_hash: bytes, case_id: str, defendant_id: str) -> Sequence[Confirmation]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_OF, number_hash, case_id, defendant_id)
        return [Confirmation(*row) for row in rows]

    async def told(self, confirmations: Sequence[Confirmation]) -> Sequence[str]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_TOLD, [one.id for one in confirmations])
        return [row["event_id"] for row in rows]

    def withdrawing(self, withdrawals: Mapping[str, str], *, told: Sequence[str], by: str) -> Effect:
        return _Withdrawing(withdrawals, frozenset(told), by)

    def confirming(self, confirmation: NewConfirmation) -> Effect:
        c = confirmation
        arguments = (c.id, c.number_hash, c.case_id, c.defendant_id, c.well_formed, c.by, c.carried_from)
        return OneRow(_CONFIRM, arguments)

    def ending(self, confirmation_ids: Sequence[str]) -> Effect:
        return AnyRows(_END, (list(confirmation_ids),))
