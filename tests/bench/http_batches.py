"""Ours over HTTP: `POST /events` in batches of 100 to the real intake process, a few connections at once."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count

import asyncpg
from bench.clean_database import checkpoint
from bench.http_sender import Sender, open_sender
from bench.measuring import WrongAnswer, demand
from bench.services import Services
from bench.victims import VICTIMS, batches_of, raw_events

BATCH = 100
CONNECTIONS = 6
OK = 200
# The log's trigger refuses TRUNCATE; the bench is the superuser of a database of its own.
_EMPTY_LOG = """
SET session_replication_role = replica;
TRUNCATE log;
UPDATE log_head SET position = 0, hash = decode(repeat('00', 32), 'hex'), pseqs = '{0,0,0,0}';
"""


@dataclass(frozen=True)
class HttpBatches:
    """Cases and victims are known from the first round on; the log is emptied before each cell."""

    services: Services
    events: int
    name: str = "POST /events in batches of 100"
    runs: Iterator[int] = field(default_factory=count)

    async def measure(self) -> float:
        number = next(self.runs)
        if number == 0:
            await post_all(self.services, list(batches_of(raw_events(VICTIMS, run="known"), BATCH)))
        await self._empty()
        bodies = list(batches_of(raw_events(self.events, run=f"http{number}"), BATCH))
        seconds = await post_all(self.services, bodies)
        demand("events in the log", found=await self._count(), expected=self.events)
        return self.events / seconds

    async def _empty(self) -> None:
        connection = await asyncpg.connect(self.services.dsn("intake"))
        await connection.execute(_EMPTY_LOG)
        await connection.close()
        await checkpoint(self.services.dsn("intake"))

    async def _count(self) -> int:
        connection = await asyncpg.connect(self.services.dsn("intake"))
        found: int = await connection.fetchval("SELECT count(*) FROM log")
        await connection.close()
        return found


async def post_all(services: Services, bodies: list[bytes]) -> float:
    """Seconds until every batch is answered. Raises WrongAnswer when one is not accepted whole."""
    token = await services.token()
    waiting = iter(bodies)
    async with AsyncExitStack() as stack:
        opened = [open_sender(services.intake_url, token) for _ in range(CONNECTIONS)]
        senders = [await stack.enter_async_context(one) for one in opened]
        started = time.perf_counter()
        await asyncio.gather(*[_post(sender, waiting) for sender in senders])
        return time.perf_counter() - started


async def _post(sender: Sender, bodies: Iterator[bytes]) -> None:
    for body in bodies:
        status, answer = await sender.post(body)
        if status != OK:
            raise WrongAnswer(f"intake answered {status}: {answer[:300]!r}")
