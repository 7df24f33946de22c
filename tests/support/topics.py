"""Sending consumer tests' records to a real topic, as the relay does."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from chassis.consumer.events import Arrival
from chassis.relay.headers import RelayHeaders, encode_headers
from support.deadline import until


@asynccontextmanager
async def made_topic(bootstrap: str, name: str) -> AsyncIterator[str]:
    """A topic of four partitions for as long as the block."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, 4, 1)])

        async def there() -> bool:
            (described,) = await admin.describe_topics([name])
            return len(described["partitions"]) == 4

        await until(there, f"the broker knows the topic {name} that it was told to create")
        yield name
        await admin.delete_topics([name])
    finally:
        await admin.close()


async def send(bootstrap: str, topic: str, records: Iterable[Arrival]) -> None:
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all") as producer:
        for one in records:
            headers = encode_headers(RelayHeaders(one.position, 1, one.pseq, one.recorded_at, one.traceparent))
            await producer.send(topic, one.body, key=one.key.encode(), partition=one.partition, headers=headers)
        await producer.flush()
