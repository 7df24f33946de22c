"""A log with a relay, in front of a topic of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka.admin import AIOKafkaAdminClient
from chassis.database import Pool
from chassis.kafka_connection import KafkaConnection
from chassis.log.appender import append_within
from chassis.log.records import NewEvent
from chassis.relay.broker import KafkaBroker
from chassis.relay.relay import Relay
from chassis.relay.session import Target
from support.deadline import until
from support.kafka_reading import Message, published


class Bench:
    """A database with a log, and a topic of its own."""

    def __init__(self, pool: Pool, bootstrap: str, topic: str) -> None:
        self.pool, self.bootstrap, self.topic = pool, bootstrap, topic

    @property
    def kafka(self) -> KafkaConnection:
        return KafkaConnection(self.bootstrap)

    async def append(self, *events: NewEvent, epoch: int = 1) -> None:
        async with self.pool.acquire() as connection, connection.transaction():
            await append_within(connection, events, epoch=epoch)

    def relay(self) -> Relay:
        return Relay(self.pool, Target(KafkaBroker(self.kafka), self.topic), lease_seconds=1.0, pause_seconds=0.1)

    async def published(self) -> list[Message]:
        return await published(self.bootstrap, self.topic)

    async def checkpoint(self) -> int:
        async with self.pool.acquire() as connection:
            position: int | None = await connection.fetchval("SELECT position FROM relay_checkpoint")
        return position or 0

    async def relayed(self, position: int) -> None:
        async def reached() -> bool:
            return await self.checkpoint() == position

        await until(reached, f"the relay's checkpoint reaches {position}")

    @asynccontextmanager
    async def relaying(self, relay: Relay | None = None) -> AsyncIterator[None]:
        task = asyncio.create_task((relay or self.relay()).run())
        try:
            yield
            assert not task.done(), f"the relay ended: {task.exception()!r}"
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def numbers_of(messages: list[Message]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for message in messages:
        found.setdefault(message.partition, []).append(message.headers.pseq)
    return found


def assert_contiguous(messages: list[Message]) -> None:
    for partition, numbers in numbers_of(messages).items():
        assert numbers == list(range(1, len(numbers) + 1)), f"partition {partition}"


async def wipe(bench: Bench) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bench.bootstrap)
    await admin.start()
    try:
        await admin.delete_topics([bench.topic])

        async def gone() -> bool:
            return bench.topic not in await admin.list_topics()

        await until(gone, "Kafka forgets the deleted topic")
    finally:
        await admin.close()
