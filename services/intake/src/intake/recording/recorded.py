"""What is on record under an id, to tell the same decision sent again from another one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.database import Pool

_FIND = "SELECT type, occurred_at, recorded_at, digest FROM log WHERE source = $1 AND id = $2"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What kind of event says it, when it was said and recorded, and the keyed digest of what was said."""

    type: str
    occurred_at: datetime
    recorded_at: datetime
    digest: bytes


class OnRecord(Protocol):
    """Where events are found by their source and id."""

    async def find(self, source: str, id_: str) -> Recorded | None: ...


class DatabaseOnRecord:
    """Reads the log."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def find(self, source: str, id_: str) -> Recorded | None:
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(_FIND, source, id_)
        return (
            None if row is None else Recorded(row["type"], row["occurred_at"], row["recorded_at"], bytes(row["digest"]))
        )
