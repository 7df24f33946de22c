"""What Kafka lost: acknowledged once, but no longer at the end of its partition. PostgreSQL is the only truth."""

import asyncio
from collections.abc import Mapping

from chassis.database import Pool
from chassis.errors import PermanentFailure
from chassis.logging import get_logger
from chassis.relay.checkpoint import Checkpoint
from chassis.relay.pages import page_again
from chassis.relay.publisher import Publisher
from chassis.relay.tail import Last, kafka_tail

_PAGE = 1000
_log = get_logger(__name__)


class KafkaAheadOfLog(PermanentFailure):
    """Kafka holds sequence numbers that the log never gave: the log was restored from an older copy."""


async def republish_lost(pool: Pool, publisher: Publisher, bootstrap: str, topic: str, checkpoint: Checkpoint) -> None:
    """Send again what lies between Kafka's tail and the checkpoint. Raises KafkaAheadOfLog."""
    tail = await kafka_tail(bootstrap, topic, partitions=len(checkpoint.pseqs))
    await _compare_with_log(pool, topic, tail)
    for partition, (last, _) in sorted(tail.items()):
        upto = checkpoint.pseqs[partition]
        if last < upto:
            _log.error("Kafka lost messages; sending them again.", topic=topic, partition=partition, count=upto - last)
            await _republish(pool, publisher, partition, after=last, upto=upto)


async def _compare_with_log(pool: Pool, topic: str, tail: Mapping[int, Last]) -> None:
    async with pool.acquire() as connection:
        given = await connection.fetchval("SELECT pseqs FROM log_head")
    for partition, (last, _) in tail.items():
        if last > given[partition]:
            raise KafkaAheadOfLog(
                f"Kafka's {topic}/{partition} ends at {last}, the log at {given[partition]}: restore the newer log, "
                "or where there is none run the service's command past-topic."
            )


async def _republish(pool: Pool, publisher: Publisher, partition: int, *, after: int, upto: int) -> None:
    while after < upto:
        async with pool.acquire() as connection:
            page = await page_again(connection, partition, after=after, upto=upto, limit=_PAGE)
        await asyncio.gather(*await publisher.send(page))
        after = page[-1].pseq or upto
