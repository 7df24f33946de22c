"""What Kafka lost: acknowledged once, but no longer at the end of its partition. PostgreSQL is the only truth."""

import asyncio
from collections.abc import Mapping

from chassis.database import Pool
from chassis.errors import PermanentFailure
from chassis.logging import get_logger
from chassis.relay.broker import Broker, Sender
from chassis.relay.checkpoint import Checkpoint
from chassis.relay.pace import Pace
from chassis.relay.pages import Bounds, page_again
from chassis.relay.tail import Last

_log = get_logger(__name__)


class KafkaAheadOfLog(PermanentFailure):
    """Kafka holds sequence numbers that the log never gave: the log was restored from an older copy."""


async def republish_lost(
    pool: Pool, publisher: Sender, broker: Broker, topic: str, checkpoint: Checkpoint, *, pace: Pace
) -> None:
    """Send again what lies between Kafka's tail and the checkpoint. Raises KafkaAheadOfLog."""
    tail = await broker.tail(topic, partitions=len(checkpoint.pseqs))
    await _compare_with_log(pool, topic, tail)
    for partition, (last, _) in sorted(tail.items()):
        upto = checkpoint.pseqs[partition]
        if last < upto:
            _log.error("Kafka lost messages; sending them again.", topic=topic, partition=partition, count=upto - last)
            await _republish(pool, publisher, partition, after=last, upto=upto, pace=pace)


async def _compare_with_log(pool: Pool, topic: str, tail: Mapping[int, Last]) -> None:
    async with pool.acquire() as connection:
        given = await connection.fetchval("SELECT pseqs FROM log_head")
    for partition, (last, _) in tail.items():
        if last > given[partition]:
            raise KafkaAheadOfLog(
                f"Kafka's {topic}/{partition} ends at {last}, the log at {given[partition]}: restore the newer log, "
                "or where there is none run the service's command past-topic."
            )


async def _republish(pool: Pool, publisher: Sender, partition: int, *, after: int, upto: int, pace: Pace) -> None:
    while after < upto:
        async with pool.acquire() as connection:
            page = await page_again(connection, partition, after=after, upto=upto, bounds=Bounds(pace.bytes))
        await asyncio.gather(*await publisher.send(page))
        pace.succeeded()
        after = page[-1].pseq or upto
