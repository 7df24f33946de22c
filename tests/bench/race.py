"""The race: eight writers and a tail reader, our log beside a naive log with a serial column.

The reader remembers the last number it saw, as the relay does. A serial number is taken before its commit, so the
naive reader steps over rows that commit late; ours is numbered under the head lock, so it cannot.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import asyncpg
from chassis.database import Connection, Pool, open_pool
from chassis.log.appender import append_within
from chassis.log.records import NewEvent
from support.log_events import an_event

WRITERS = 8
BATCHES = 60
BATCH = 10

_NAIVE = "CREATE TABLE IF NOT EXISTS naive_log (position bigserial PRIMARY KEY, id text NOT NULL, body bytea NOT NULL)"

Write = Callable[[Connection, list[NewEvent]], Awaitable[None]]


@dataclass(frozen=True)
class RaceResult:
    """What the tail reader saw of what was committed; `gaps` are reads that stepped over a number."""

    name: str
    committed: int
    seen: int
    gaps: int

    @property
    def lost(self) -> int:
        return self.committed - self.seen

    def __str__(self) -> str:
        share = self.lost / self.committed
        return f"{self.name:<28} {self.seen:>6,} of {self.committed:,} seen, {self.lost:,} lost ({share:.1%})"


async def race(database_url: str) -> list[RaceResult]:
    """Race both logs on a database that has the chassis' tables, whose log is empty."""
    async with open_pool(database_url, size=WRITERS + 1) as pool:
        async with pool.acquire() as connection:
            await connection.execute(_NAIVE)
        return [
            await _race(pool, "naive serial column", "naive_log", _write_naively),
            await _race(pool, "our log", "log", _write),
        ]


async def _race(pool: Pool, name: str, table: str, write: Write) -> RaceResult:
    done = asyncio.Event()
    tail = asyncio.create_task(_tail(pool, table, done))
    await asyncio.gather(*[_writer(pool, write) for _ in range(WRITERS)])
    done.set()
    seen, gaps = await tail
    async with pool.acquire() as connection:
        committed: int = await connection.fetchval(f"SELECT count(*) FROM {table}")
    return RaceResult(name, committed, seen, gaps)


async def _writer(pool: Pool, write: Write) -> None:
    for _ in range(BATCHES):
        events = [an_event() for _ in range(BATCH)]
        async with pool.acquire() as connection, connection.transaction():
            await write(connection, events)


async def _write(connection: Connection, events: list[NewEvent]) -> None:
    await append_within(connection, events, epoch=1)


async def _write_naively(connection: Connection, events: list[NewEvent]) -> None:
    for event in events:
        await connection.execute("INSERT INTO naive_log (id, body) VALUES ($1, $2)", event.id, event.body)


async def _tail(pool: Pool, table: str, done: asyncio.Event) -> tuple[int, int]:
    last = seen = gaps = 0
    async with pool.acquire() as connection:
        while True:
            finished = done.is_set()
            rows = await connection.fetch(f"SELECT position FROM {table} WHERE position > $1 ORDER BY position", last)
            for (position,) in rows:
                gaps += position != last + 1
                seen, last = seen + 1, position
            if finished and not rows:
                return seen, gaps


async def prepared(database_url: str, scripts: list[str]) -> None:
    """Give an empty database the chassis' tables."""
    connection = await asyncpg.connect(database_url)
    try:
        for script in scripts:
            await connection.execute(script)
    finally:
        await connection.close()
