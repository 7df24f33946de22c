"""A consumer on a real database and a topic in memory, with a handler that writes one row per effect."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from chassis.consumer import ConsumedEvent, Consumer, Subscription
from chassis.consumer.memory_topic import MemoryTopic
from chassis.consumer.owner_log import MemoryOwnerLog
from chassis.consumer.source import OpenSource
from chassis.consumer.topic import Pace
from chassis.database import Connection, Pool
from chassis.errors import PermanentFailure, TransientFailure
from prometheus_client import CollectorRegistry
from support.arrivals import TOPIC

NAME = "journey"
DEADLINE_SECONDS = 10.0
FAST = Pace(
    fetch=0.05,
    fetch_while_busy=0.01,
    look=0.05,
    tail_check=0.1,
    retry_parked=0.05,
    frozen=0.3,
    identify=0.5,
    stuck_seconds=0.3,
    stuck_attempts=3,
)


@dataclass(slots=True)
class EffectWriter:
    """Writes (event id, key) in call order. Ids in `poison` fail for good, `away` fails for now."""

    poison: set[str] = field(default_factory=set)
    away: int = 0
    calls: int = 0

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        self.calls += 1
        rows = [(event.header.id, event.key) for event in events]
        await connection.executemany("INSERT INTO effect (event_id, key) VALUES ($1, $2)", rows)
        if self.away:
            self.away -= 1
            raise TransientFailure("the vault does not answer")
        if self.poison & {event_id for event_id, _ in rows}:
            raise PermanentFailure("this fact cannot be applied")


@dataclass(slots=True)
class Rig:
    """Everything a consumer test touches."""

    pool: Pool
    handler: EffectWriter = field(default_factory=EffectWriter)
    topic: MemoryTopic = field(default_factory=lambda: MemoryTopic(TOPIC))
    owner: MemoryOwnerLog = field(default_factory=MemoryOwnerLog)
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        self.owner.topic = self.topic

    def subscription(self) -> Subscription:
        return Subscription(TOPIC, self.handler, "http://127.0.0.1:1")

    def consumer(self, *, registry: CollectorRegistry | None = None, open_source: OpenSource | None = None) -> Consumer:
        return Consumer(
            NAME,
            pool=self.pool,
            open_source=open_source or self.topic.opener(),
            owner_of=lambda _: self.owner,
            subscriptions=[self.subscription()],
            registry=registry or self.registry,
            pace=FAST,
            lease_seconds=1.0,
        )

    @asynccontextmanager
    async def consuming(self) -> AsyncIterator[Consumer]:
        """Run a consumer for as long as the block."""
        consumer = self.consumer(registry=CollectorRegistry() if self.topic.opened else None)
        task = asyncio.create_task(consumer.run())
        try:
            yield consumer
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def effects(self) -> list[str]:
        async with self.pool.acquire() as connection:
            return [row["event_id"] for row in await connection.fetch("SELECT event_id FROM effect ORDER BY at")]

    async def parked(self) -> list[int]:
        async with self.pool.acquire() as connection:
            return [row["pseq"] for row in await connection.fetch("SELECT pseq FROM parked ORDER BY pseq")]

    async def execute(self, query: str, *args: object) -> None:
        async with self.pool.acquire() as connection:
            await connection.execute(query, *args)

    async def until_effects(self, count: int, *, seconds: float = DEADLINE_SECONDS) -> list[str]:
        async def enough() -> bool:
            return len(await self.effects()) >= count

        await until(enough, what=f"{count} effects", seconds=seconds)
        return await self.effects()

    def number(self, name: str) -> float:
        return self.registry.get_sample_value(name, {"consumer": NAME, "topic": TOPIC}) or 0.0


async def make_effect_table(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await connection.execute("CREATE TABLE effect (at bigserial, event_id text, key text)")


async def until(fact: Callable[[], Awaitable[bool]], *, what: str, seconds: float = DEADLINE_SECONDS) -> None:
    """Wait for a fact; fails with its name after the deadline."""
    deadline = time.monotonic() + seconds
    while not await fact():
        assert time.monotonic() < deadline, f"within {seconds:.0f} s there was no sign of: {what}"
        await asyncio.sleep(0.01)
