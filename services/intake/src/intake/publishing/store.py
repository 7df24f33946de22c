"""Recorded events by id."""

from collections.abc import Sequence

from chassis.database import Pool
from chassis.log.records import Receipt

from intake.publishing.reading import Recorded

_BY_ID = """
SELECT id, source, position, hash, recorded_at, body FROM log
WHERE id = $1 AND source = ANY ($2::text[]) AND key IS NOT NULL ORDER BY position
"""


class DatabaseRecords:
    """Reads the log by (source, id), for the sources that can be in it."""

    def __init__(self, pool: Pool, *, sources: Sequence[str]) -> None:
        self._pool = pool
        self._sources = list(sources)

    async def by_id(self, event_id: str) -> Sequence[Recorded]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_BY_ID, event_id, self._sources)
        return [
            Recorded(
                Receipt(r["id"], r["source"], r["position"], bytes(r["hash"]), r["recorded_at"], duplicate=False),
                bytes(r["body"]),
            )
            for r in rows
        ]
