"""Kafka's tail: the last message of a relay that each partition still holds."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from aiokafka import AIOKafkaConsumer, TopicPartition

from chassis.kafka_connection import KafkaConnection
from chassis.logging import get_logger
from chassis.relay.headers import UnreadableHeaders, decode_headers

_SECONDS = 10.0
_LARGEST_LOOK = 1024
_log = get_logger(__name__)


class Last(NamedTuple):
    """Sequence number and log position of the last message; 0 where a partition was never written or was wiped."""

    pseq: int = 0
    position: int = 0


class _Found(NamedTuple):
    message: Last
    after: int


async def kafka_tail(kafka: KafkaConnection, topic: str, *, partitions: int) -> Mapping[int, Last]:
    """Return the last message per partition; records that no relay sent are stepped over, which is said once.

    A partition whose messages were all removed by retention is left out: nothing can be said about it.
    """
    consumer = AIOKafkaConsumer(**kafka.arguments(), enable_auto_commit=False, max_partition_fetch_bytes=8 << 20)
    await consumer.start()
    try:
        every = [TopicPartition(topic, partition) for partition in range(partitions)]
        consumer.assign(every)
        begins, ends = await consumer.beginning_offsets(every), await consumer.end_offsets(every)
        found = {at.partition: await _last(consumer, at, begins[at], ends[at]) for at in every}
    finally:
        await consumer.stop()
    return {partition: last for partition, last in found.items() if last is not None}


async def _last(consumer: AIOKafkaConsumer, at: TopicPartition, begin: int, end: int) -> Last | None:
    """Look back from the end, further each time."""
    upto, look = end, 1
    last = None
    while last is None and upto > begin:
        since = max(begin, upto - look)
        last = _last_of(await _between(consumer, at, since, upto))
        upto, look = since, min(2 * look, _LARGEST_LOOK)
    if last is None and begin > 0:
        return None
    _say_what_is_stepped_over(at, count=end - (last.after if last else 0))
    return Last() if last is None else last.message


def _say_what_is_stepped_over(at: TopicPartition, *, count: int) -> None:
    if count:
        _log.error(
            "Records that no relay sent end a partition; the relay goes on after them.",
            topic=at.topic,
            partition=at.partition,
            count=count,
        )


async def _between(consumer: AIOKafkaConsumer, at: TopicPartition, since: int, upto: int) -> list[Any]:
    consumer.seek(at, since)
    records: list[Any] = []
    while await consumer.position(at) < upto:
        found = await consumer.getmany(at, timeout_ms=int(_SECONDS * 1000))
        if not found and await consumer.position(at) < upto:
            raise TimeoutError(f"Kafka did not give back the last messages of {at.topic}/{at.partition} in time.")
        records += [record for record in found.get(at, []) if record.offset < upto]
    return records


def _last_of(records: Iterable[Any]) -> _Found | None:
    found = None
    for record in records:
        try:
            headers = decode_headers(record.headers)
        except UnreadableHeaders:
            continue
        found = _Found(Last(headers.pseq, headers.position), after=record.offset + 1)
    return found
