"""The limit: raw aiokafka `send_batch` of the same keys, bytes and headers, made before the clock starts."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaProducer
from bench.kafka_topics import new_topic
from bench.measuring import demand
from support.kafka_reading import published

BATCH_BYTES = 512 << 10

Message = tuple[int, bytes, bytes, list[tuple[str, bytes]]]
"""Partition, key, value, headers."""


@dataclass(frozen=True)
class RawSendBatch:
    """Batches as large as our relay's, all acknowledged by all replicas, idempotent as ours."""

    bootstrap: str
    messages: Sequence[Message]
    name: str = "raw aiokafka send_batch"

    async def measure(self) -> float:
        topic = f"raw-{time.monotonic_ns()}"
        async with new_topic(self.bootstrap, topic):
            seconds = await send_all(self.bootstrap, topic, self.messages)
            demand("messages", found=len(await published(self.bootstrap, topic)), expected=len(self.messages))
        return len(self.messages) / seconds


async def send_all(bootstrap: str, topic: str, messages: Sequence[Message]) -> float:
    """Seconds until the last message is acknowledged."""
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap, acks="all", enable_idempotence=True, max_batch_size=BATCH_BYTES
    )
    async with producer:
        await producer.partitions_for(topic)
        started = time.perf_counter()
        await asyncio.gather(*[ack for number in range(4) for ack in await _send(producer, topic, messages, number)])
        return time.perf_counter() - started


async def _send(producer: AIOKafkaProducer, topic: str, messages: Sequence[Message], partition: int) -> list[Any]:
    acks: list[Any] = []
    batch = producer.create_batch()
    for where, key, value, headers in messages:
        if where != partition:
            continue
        if batch.append(key=key, value=value, timestamp=None, headers=headers) is None:
            acks.append(await producer.send_batch(batch, topic, partition=partition))
            batch = producer.create_batch()
            batch.append(key=key, value=value, timestamp=None, headers=headers)
    acks.append(await producer.send_batch(batch, topic, partition=partition))
    return acks
