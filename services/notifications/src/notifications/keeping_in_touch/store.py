"""Silences in PostgreSQL."""

from chassis.database import Connection
from contracts.ids import VictimId

from notifications.keeping_in_touch.promised_silence import Asked, Silence


class PostgresSilences:
    """The part of a ledger about silences."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of(self, victim: VictimId) -> Silence:
        row = await self._connection.fetchrow("SELECT * FROM silence WHERE victim_id = $1", victim)
        if row is None:
            return Silence()
        asked = None if row["asked_at"] is None else Asked(row["asked_at"], row["due_by"])
        return Silence(row["counted_from"], row["heard_at"], asked)

    async def keep(self, victim: VictimId, silence: Silence) -> None:
        at, due_by = (None, None) if silence.asked is None else (silence.asked.at, silence.asked.due_by)
        await self._connection.execute(_KEEP, victim, silence.counted_from, silence.heard_at, at, due_by)


_KEEP = """
INSERT INTO silence (victim_id, counted_from, heard_at, asked_at, due_by) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (victim_id) DO UPDATE SET counted_from = excluded.counted_from, heard_at = excluded.heard_at,
    asked_at = excluded.asked_at, due_by = excluded.due_by
"""
