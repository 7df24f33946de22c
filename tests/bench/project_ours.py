"""Ours: journey's real handler behind the real consumer, exactly once, from the first batch to the last commit."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.clean_database import clean_database
from bench.measuring import WrongAnswer, demand
from bench.project_copy import Rows, written_rows
from chassis.consumer import ConsumedEvent, Consumer, Handler, Subscription
from chassis.consumer.kafka import kafka_sources
from chassis.consumer.owner_log import MemoryOwnerLog
from chassis.database import Connection, Pool, open_pool
from chassis.kafka_connection import KafkaConnection
from chassis.key_ring import KeyRing
from chassis.log.epoch import join_epoch
from journey.main import projections
from journey.projection.consumer import IntakeHandler
from journey.projection.published_events import JourneyLog
from prometheus_client import CollectorRegistry
from support.databases import Databases

LOOK_SECONDS = 0.002
DEADLINE_SECONDS = 120.0


@dataclass
class Timed:
    """The handler, and when its first batch came."""

    handler: Handler
    started: float = 0.0
    batches: list[int] = field(default_factory=list)

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        self.started = self.started or time.perf_counter()
        self.batches.append(len(events))
        await self.handler.apply(connection, events)


@dataclass(frozen=True)
class OurProjector:
    """`topic` holds `events` relayed events; `parked` keys wait beside them, all of them due."""

    databases: Databases
    bootstrap: str
    topic: str
    events: int
    parked: int = 0

    @property
    def name(self) -> str:
        return f"journey's projection, exactly once{f', {self.parked:,} keys parked' if self.parked else ''}"

    async def measure(self) -> float:
        async with clean_database(self.databases, "journey") as dsn:
            return self.events / await self._project(dsn)

    async def written(self, tables: Sequence[str]) -> dict[str, Rows]:
        """The rows that the projection leaves in these tables."""
        async with clean_database(self.databases, "journey") as dsn:
            await self._project(dsn)
            return await written_rows(dsn, tables)

    async def _project(self, dsn: str) -> float:
        async with open_pool(dsn, size=4) as pool:
            intake, _ = projections(JourneyLog(KeyRing.alone(bytes(32)), await join_epoch(pool)))
            timed = Timed(IntakeHandler(intake))
            async with pool.acquire() as connection:
                await connection.execute(_PARK, self.topic, self.parked)
            running = asyncio.create_task(self._consumer(pool, timed).run())
            try:
                seconds = await self._until_done(pool) - timed.started
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
            async with pool.acquire() as connection:
                found = await connection.fetchval("SELECT count(*) FROM fact")
            demand("facts", found=found, expected=self.events)
        return seconds

    def _consumer(self, pool: Pool, handler: Handler) -> Consumer:
        return Consumer(
            "journey",
            pool=pool,
            open_source=kafka_sources(KafkaConnection(self.bootstrap), client_id="bench"),
            owner_of=lambda _: MemoryOwnerLog(),
            subscriptions=[Subscription(self.topic, handler, "http://127.0.0.1:1")],
            registry=CollectorRegistry(),
        )

    async def _until_done(self, pool: Pool) -> float:
        deadline = time.monotonic() + DEADLINE_SECONDS
        async with pool.acquire() as connection:
            while (await connection.fetchval("SELECT sum(pseq) FROM consumer_offset") or 0) < self.events:
                if time.monotonic() > deadline:
                    raise WrongAnswer("the projection did not finish in time")
                await asyncio.sleep(LOOK_SECONDS)
        return time.perf_counter()


_PARK = """
WITH event AS (
    INSERT INTO parked (consumer, topic, partition, pseq, position, key, recorded_at, body, reason, next_retry_at)
    SELECT 'journey', $1, n % 4, -n, 0, 'victim-' || n, now(), '', 'UnreadableEvent', now()
    FROM generate_series(1, $2::integer) AS n
    RETURNING consumer, topic, key, partition, reason, attempts, parked_at, next_retry_at
)
INSERT INTO parked_key (consumer, topic, key, partition, reason, attempts, parked_at, next_retry_at)
SELECT * FROM event
"""
