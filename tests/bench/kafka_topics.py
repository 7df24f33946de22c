"""Topics of one cell."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka.admin import AIOKafkaAdminClient, NewTopic

PARTITIONS = 4


@asynccontextmanager
async def new_topic(bootstrap: str, name: str) -> AsyncIterator[str]:
    """A topic as our relay makes it, for as long as the block."""
    await make_topics(bootstrap, name)
    async with dropped_topic(bootstrap, name):
        yield name


@asynccontextmanager
async def dropped_topic(bootstrap: str, name: str) -> AsyncIterator[str]:
    """A topic that somebody makes inside the block; it is deleted afterwards."""
    try:
        yield name
    finally:
        admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
        await admin.start()
        try:
            await admin.delete_topics([name])
        finally:
            await admin.close()


async def make_topics(bootstrap: str, *names: str) -> None:
    """Make topics; those that exist stay."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        configs = {"retention.ms": "-1", "max.message.bytes": str(4 << 20)}
        await admin.create_topics([NewTopic(name, PARTITIONS, 1, topic_configs=configs) for name in names])
    finally:
        await admin.close()
