"""What is on record under an id, to tell the same decision sent again from another one."""

from typing import Protocol

from chassis.database import Pool
from chassis.log.reader import read_event
from chassis.log.records import LogRecord


class OnRecord(Protocol):
    """Where events are found by their source and id."""

    async def find(self, source: str, id_: str) -> LogRecord | None: ...


class DatabaseOnRecord:
    """Reads the log."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def find(self, source: str, id_: str) -> LogRecord | None:
        async with self._pool.acquire() as connection:
            return await read_event(connection, source=source, id=id_)
