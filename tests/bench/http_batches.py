"""Ours over HTTP: `POST /events` in batches of 100 to real intake processes, a few connections to each at once."""

import asyncio
import time
from collections.abc import Iterator, Sequence
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
    """By processes just started, as the appenders are: how fast one runs depends on where in memory it came to lie.

    Cases and victims are known to them, and the log is empty, before the clock starts.
    """

    services: Services
    events: int
    name: str = "POST /events in batches of 100, two intakes"
    runs: Iterator[int] = field(default_factory=count)

    async def measure(self) -> float:
        number = next(self.runs)
        urls = await self.services.two_fresh_intakes()
        for url in urls:
            await self._post([url], raw_events(VICTIMS, run=f"known{number}"))
        await self._empty()
        seconds = await self._post(urls, raw_events(self.events, run=f"http{number}"))
        demand("events in the log", found=await self._count(), expected=self.events)
        return self.events / seconds

    async def _post(self, urls: Sequence[str], raws: list[bytes]) -> float:
        return await post_all(urls, await self.services.token(), list(batches_of(raws, BATCH)))

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


async def post_all(urls: Sequence[str], token: str, bodies: list[bytes]) -> float:
    """Seconds until every batch is answered. Raises WrongAnswer when one is not accepted whole."""
    waiting = iter(bodies)
    async with AsyncExitStack() as stack:
        opened = [open_sender(url, token) for url in urls for _ in range(CONNECTIONS)]
        senders = [await stack.enter_async_context(one) for one in opened]
        started = time.perf_counter()
        await asyncio.gather(*[_post(sender, waiting) for sender in senders])
        return time.perf_counter() - started


async def _post(sender: Sender, bodies: Iterator[bytes]) -> None:
    for body in bodies:
        status, answer = await sender.post(body)
        if status != OK:
            raise WrongAnswer(f"intake answered {status}: {answer[:300]!r}")
