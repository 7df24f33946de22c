"""Publishing pages to Kafka with acks from all replicas, in order per partition."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaProducer

from chassis.kafka_connection import KafkaConnection
from chassis.relay.headers import RelayHeaders, encode_headers
from chassis.relay.pages import Entry
from chassis.relay.topic import MAX_MESSAGE_BYTES

_BATCH_BYTES = 512 << 10


class Publisher:
    """Sends entries with the epoch of the relay that holds the topic."""

    def __init__(self, producer: AIOKafkaProducer, topic: str, *, epoch: int) -> None:
        self._producer, self._topic, self._epoch = producer, topic, epoch

    async def send(self, page: Sequence[Entry]) -> "list[asyncio.Future[Any]]":
        """Hand a page to Kafka; returns the acknowledgements to wait for, in order."""
        by_partition: dict[int, list[Entry]] = {}
        for entry in page:
            if entry.partition is not None:
                by_partition.setdefault(entry.partition, []).append(entry)
        acks: list[asyncio.Future[Any]] = []
        for partition, entries in by_partition.items():
            acks += [await self._send_batch(batch, partition) for batch in self._batches(entries)]
        return acks

    async def _send_batch(self, batch: Any, partition: int) -> "asyncio.Future[Any]":
        ack: asyncio.Future[Any] = await self._producer.send_batch(batch, self._topic, partition=partition)
        return ack

    def _batches(self, entries: Sequence[Entry]) -> list[Any]:
        batches = [self._producer.create_batch()]
        for entry in entries:
            if not self._add(batches[-1], entry):
                batches[-1].close()
                batches.append(self._producer.create_batch())
                self._add(batches[-1], entry)
        batches[-1].close()
        return batches

    def _add(self, batch: Any, entry: Entry) -> bool:
        headers = RelayHeaders(entry.position, self._epoch, entry.pseq or 0, entry.recorded_at, entry.traceparent)
        key = None if entry.key is None else entry.key.encode()
        return batch.append(timestamp=None, key=key, value=entry.body, headers=encode_headers(headers)) is not None


@asynccontextmanager
async def open_publisher(kafka: KafkaConnection, topic: str, *, epoch: int) -> AsyncIterator[Publisher]:
    """Open a publisher that is thrown away on the first error: an idempotent producer that has failed may jam."""
    producer = AIOKafkaProducer(
        **kafka.arguments(),
        client_id="throughline-relay",
        acks="all",
        enable_idempotence=True,
        max_batch_size=_BATCH_BYTES,
        max_request_size=MAX_MESSAGE_BYTES,
        request_timeout_ms=10_000,
    )
    await producer.start()
    try:
        yield Publisher(producer, topic, epoch=epoch)
    finally:
        await asyncio.wait_for(producer.stop(), timeout=15)
