"""The limit: raw asyncpg COPY of finished rows into the same table with the same indexes, a commit per 512."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg
from bench.clean_database import clean_database
from bench.finished_rows import COLUMNS, Row
from bench.measuring import demand
from support.databases import CHASSIS, Databases

BATCH = 512


@dataclass(frozen=True)
class CopyAppend:
    """Rows as our log would write them, made before the clock starts."""

    databases: Databases
    rows: Sequence[Row]
    name: str = "raw COPY into the same table"

    async def measure(self) -> float:
        async with clean_database(self.databases, CHASSIS) as dsn:
            connection = await asyncpg.connect(dsn)
            try:
                # The head's move belongs to our appender, not to the limit.
                await connection.execute("ALTER TABLE log DISABLE TRIGGER log_moves_head")
                started = time.perf_counter()
                for at in range(0, len(self.rows), BATCH):
                    batch = self.rows[at : at + BATCH]
                    await connection.copy_records_to_table("log", records=batch, columns=COLUMNS)
                seconds = time.perf_counter() - started
                found = await connection.fetchval("SELECT count(*) FROM log")
            finally:
                await connection.close()
        demand("rows", found=found, expected=len(self.rows))
        return len(self.rows) / seconds
