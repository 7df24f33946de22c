"""The limit: raw COPY of the rows that the projection wrote, into the same tables with the same indexes."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import asyncpg
from bench.clean_database import clean_database
from bench.measuring import demand
from support.databases import Databases

BATCH = 5_000
Rows = Sequence[tuple[object, ...]]


@dataclass(frozen=True)
class CopyProjection:
    """`tables` holds the finished rows of each table; a commit per 5,000, the most that our consumer takes at once."""

    databases: Databases
    tables: Mapping[str, Rows]
    events: int
    name: str = "raw COPY of the same rows"

    async def measure(self) -> float:
        async with clean_database(self.databases, "journey") as dsn:
            connection = await asyncpg.connect(dsn)
            try:
                started = time.perf_counter()
                for table, rows in self.tables.items():
                    for at in range(0, len(rows), BATCH):
                        await connection.copy_records_to_table(table, records=rows[at : at + BATCH])
                seconds = time.perf_counter() - started
                for table, rows in self.tables.items():
                    demand(table, found=await connection.fetchval(f"SELECT count(*) FROM {table}"), expected=len(rows))
            finally:
                await connection.close()
        return self.events / seconds


async def written_rows(dsn: str, names: Sequence[str]) -> dict[str, Rows]:
    """What somebody has written into these tables."""
    connection = await asyncpg.connect(dsn)
    try:
        return {name: [tuple(row) for row in await connection.fetch(f"TABLE {name}")] for name in names}
    finally:
        await connection.close()
