"""Letting a partition go on that stopped for a person, because a number in it stands for two events."""

from chassis.consumer import offsets
from chassis.database import open_pool
from chassis.errors import PermanentFailure


class NotStopped(PermanentFailure):
    """No such partition waits for a person, or it has not come so far: look at the consumer's health once more."""


async def go_on(
    database_url: str, *, consumer: str, topic: str, partition: int, after_pseq: int, kafka_offset: int
) -> None:
    """Apply what the owner's log has after `after_pseq`; raises NotStopped. The live consumer sees it by itself."""
    async with open_pool(database_url, size=1) as pool, pool.acquire() as connection, connection.transaction():
        done = await offsets.go_on(
            connection, consumer, topic, partition=partition, after_pseq=after_pseq, kafka_offset=kafka_offset
        )
    if not done:
        raise NotStopped(
            f"{consumer} on {topic}/{partition} is not stopped at {after_pseq} or beyond; nothing was done"
        )
