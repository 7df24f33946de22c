"""The topic on Kafka, through aiokafka: partitions assigned by hand, no group, nothing committed to Kafka."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from chassis.consumer.events import Arrival
from chassis.consumer.source import OpenSource, TopicMissing, TopicSource
from chassis.kafka_connection import KafkaConnection
from chassis.logging import get_logger
from chassis.relay.headers import UnreadableHeaders, decode_headers

MOST_RECORDS = 5_000
SETTINGS: dict[str, Any] = {
    "group_id": None,
    "enable_auto_commit": False,
    "auto_offset_reset": "earliest",
    "fetch_max_wait_ms": 100,
    "max_partition_fetch_bytes": 2_097_152,
    "request_timeout_ms": 10_000,
    "metadata_max_age_ms": 30_000,
}
_ANSWER_SECONDS = 5.0
_log = get_logger(__name__)


def kafka_sources(kafka: KafkaConnection, *, client_id: str) -> OpenSource:
    """Open topics of `kafka`, each through a client of its own."""

    @asynccontextmanager
    async def open_topic(topic: str) -> AsyncIterator[TopicSource]:
        partitions = await _partitions(kafka, topic)
        consumer = AIOKafkaConsumer(**kafka.arguments(), client_id=client_id, **SETTINGS)
        try:
            await asyncio.wait_for(consumer.start(), _ANSWER_SECONDS)
            yield KafkaTopic(consumer, topic, partitions)
        finally:
            await asyncio.wait_for(consumer.stop(), _ANSWER_SECONDS)

    return open_topic


class KafkaTopic:
    """One topic read through its own aiokafka consumer, so that one slow topic never delays another."""

    def __init__(self, consumer: AIOKafkaConsumer, topic: str, partitions: Sequence[int]) -> None:
        self._consumer = consumer
        self._topic = topic
        self._all = {partition: TopicPartition(topic, partition) for partition in partitions}
        consumer.assign(list(self._all.values()))

    @property
    def partitions(self) -> tuple[int, ...]:
        return tuple(self._all)

    async def fetch(self, *, seconds: float) -> dict[int, list[Arrival]]:
        async with asyncio.timeout(seconds + _ANSWER_SECONDS):
            found = await self._consumer.getmany(timeout_ms=int(seconds * 1000), max_records=MOST_RECORDS)
        return {place.partition: list(_arrivals(records)) for place, records in found.items()}

    def go_to(self, partition: int, offset: int) -> None:
        self._consumer.seek(self._all[partition], offset)

    def stop(self, partition: int) -> None:
        self._consumer.pause(self._all[partition])

    def resume(self, partition: int) -> None:
        self._consumer.resume(self._all[partition])

    async def position(self, partition: int) -> int:
        async with asyncio.timeout(_ANSWER_SECONDS):
            offset: int = await self._consumer.position(self._all[partition])
        return offset

    async def ends(self) -> dict[int, int]:
        async with asyncio.timeout(_ANSWER_SECONDS):
            found = await self._consumer.end_offsets(list(self._all.values()))
        return {place.partition: end for place, end in found.items()}


async def _partitions(kafka: KafkaConnection, topic: str) -> list[int]:
    admin = AIOKafkaAdminClient(**kafka.arguments())
    try:
        await asyncio.wait_for(admin.start(), _ANSWER_SECONDS)
        (described,) = await asyncio.wait_for(admin.describe_topics([topic]), _ANSWER_SECONDS)
    finally:
        await admin.close()
    partitions = [one["partition"] for one in described["partitions"]]
    if not partitions:
        raise TopicMissing(f"topic {topic} is not there yet; its owner's relay creates it")
    return sorted(partitions)


def _arrivals(records: Iterable[Any]) -> Iterable[Arrival]:
    for record in records:
        try:
            at = decode_headers(record.headers)
            key = _key(record.key)
        except (UnreadableHeaders, UnicodeDecodeError):
            # Our relay did not send it, so the owner's log does not have it, and nothing is lost by leaving it.
            _log.error("A record that no relay sent is on the topic", topic=record.topic, offset=record.offset)
            continue
        yield Arrival(
            record.topic,
            record.partition,
            at.pseq,
            at.position,
            key,
            at.recorded_at,
            at.traceparent,
            record.value or b"",
            record.offset + 1,
        )


def _key(key: bytes | None) -> str:
    """The key as text. Raises UnicodeDecodeError for one that PostgreSQL cannot hold, which no log has."""
    if key is not None and b"\0" in key:
        raise UnicodeDecodeError("utf-8", key, 0, len(key), "the key has a NUL character")
    return (key or b"").decode()
