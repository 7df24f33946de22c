"""Ours: the relay at work on its log; the clock starts when the events are committed before its eyes."""

import asyncio
import time
from dataclasses import dataclass

import asyncpg
from bench.clean_database import checkpoint
from bench.kafka_topics import dropped_topic
from bench.measuring import WrongAnswer, demand
from chassis.database import Pool, open_pool
from chassis.kafka_connection import KafkaConnection
from chassis.relay.broker import KafkaBroker
from chassis.relay.relay import Relay
from chassis.relay.session import Target
from support.kafka_reading import published

LOOK_SECONDS = 0.002
DEADLINE_SECONDS = 120.0
_EMPTY = """
SET session_replication_role = replica;
TRUNCATE log, relay_checkpoint, lease;
"""
_COMMIT = "INSERT INTO log SELECT * FROM finished ORDER BY position"


@dataclass(frozen=True)
class OurRelay:
    """`dsn` names a database whose table `finished` holds the rows that the log is to get."""

    dsn: str
    bootstrap: str
    events: int
    name: str = "our relay: by position, headers, acks, checkpoint"

    async def measure(self) -> float:
        await self._execute(_EMPTY)
        await checkpoint(self.dsn)
        topic = f"relayed-{time.monotonic_ns()}"
        async with dropped_topic(self.bootstrap, topic), open_pool(self.dsn, size=6) as pool:
            relay = asyncio.create_task(Relay(pool, Target(KafkaBroker(KafkaConnection(self.bootstrap)), topic)).run())
            try:
                await self._until_listening(pool)
                await self._execute(_COMMIT)
                started = time.perf_counter()
                await self._until_checkpoint(pool)
                seconds = time.perf_counter() - started
            finally:
                relay.cancel()
                await asyncio.gather(relay, return_exceptions=True)
            await self._check(topic)
        return self.events / seconds

    async def _until_listening(self, pool: Pool) -> None:
        listening = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'"
        await self._until(pool, listening, 1)

    async def _until_checkpoint(self, pool: Pool) -> None:
        await self._until(pool, "SELECT position FROM relay_checkpoint", self.events)

    async def _until(self, pool: Pool, query: str, wanted: int) -> None:
        deadline = time.monotonic() + DEADLINE_SECONDS
        async with pool.acquire() as connection:
            while (await connection.fetchval(query) or 0) < wanted:
                if time.monotonic() > deadline:
                    raise WrongAnswer(f"after {DEADLINE_SECONDS:.0f} s still: {query}")
                await asyncio.sleep(LOOK_SECONDS)

    async def _check(self, topic: str) -> None:
        messages = await published(self.bootstrap, topic)
        for partition in range(4):
            pseqs = [one.headers.pseq for one in messages if one.partition == partition]
            demand(f"sequence of partition {partition}", found=pseqs, expected=list(range(1, len(pseqs) + 1)))
        demand("messages", found=len(messages), expected=self.events)

    async def _execute(self, script: str) -> None:
        connection = await asyncpg.connect(self.dsn)
        try:
            await connection.execute(script)
        finally:
            await connection.close()
