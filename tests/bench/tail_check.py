"""A consumer's question whether Kafka lacks anything, beside a log full of newer rows of other partitions."""

import time
from dataclasses import dataclass

import asyncpg
import httpx2
from bench.clean_database import clean_database
from bench.measuring import demand
from chassis.consumer.owner_log import HttpOwnerLog
from chassis.consumer.sequence import Mark
from chassis.database import open_pool
from chassis.log.http import log_router
from chassis.security.tokens import FixedToken
from fastapi import FastAPI
from support.databases import CHASSIS, Databases
from support.welcoming import Welcoming

QUESTIONS = 200


@dataclass(frozen=True)
class TailCheck:
    """One partition's only row is the log's first; `newer` rows of three others stand after it."""

    databases: Databases
    newer: int

    async def seconds(self) -> list[float]:
        """How long each question took, through HTTP's layers but no network, sorted."""
        async with clean_database(self.databases, CHASSIS) as dsn:
            await _fill(dsn, self.newer)
            async with open_pool(dsn, size=2) as pool:
                app = FastAPI()
                app.include_router(log_router(pool, Welcoming(), topic="bench.events"))
                async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as client:
                    log = HttpOwnerLog(client, "http://owner", FixedToken("t"))
                    return sorted([await _asked(log) for _ in range(QUESTIONS)])


async def _asked(log: HttpOwnerLog) -> float:
    started = time.perf_counter()
    page = await log.after("bench.events", partition=0, mark=Mark(1, 1))
    taken = time.perf_counter() - started
    demand("records after the mark", found=len(page.arrivals), expected=0)
    return taken


async def _fill(dsn: str, newer: int) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(_ROWS, newer, timeout=300)
        await connection.execute("VACUUM ANALYZE log")
    finally:
        await connection.close()


_ROWS = """
INSERT INTO log (position, recorded_at, occurred_at, id, source, type, stream, key, partition, pseq, body, digest, hash)
SELECT n, now(), now(), n::text, '/bench', 'bench', n::text, 'k', CASE n WHEN 1 THEN 0 ELSE 1 + n % 3 END,
    CASE n WHEN 1 THEN 1 ELSE n / 3 + 1 END, convert_to(repeat('x', 400), 'UTF8'), '', ''
FROM generate_series(1, 1 + $1::integer) AS n
"""
