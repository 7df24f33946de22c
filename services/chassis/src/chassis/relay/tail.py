"""Kafka's tail: the last sequence number that each partition still holds."""

from collections.abc import Mapping

from aiokafka import AIOKafkaConsumer, TopicPartition

from chassis.relay.headers import decode_headers

_SECONDS = 10.0


async def kafka_tail(bootstrap: str, topic: str, *, partitions: int) -> Mapping[int, int]:
    """Return the pseq of the last message per partition, 0 for one that was never written or was wiped.

    A partition whose messages were all removed by retention is left out: nothing can be said about it. Raises
    UnreadableHeaders when the last message is not a relay's.
    """
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap, enable_auto_commit=False, max_partition_fetch_bytes=8 << 20
    )
    await consumer.start()
    try:
        every = [TopicPartition(topic, partition) for partition in range(partitions)]
        consumer.assign(every)
        begins, ends = await consumer.beginning_offsets(every), await consumer.end_offsets(every)
        tail = {at.partition: 0 for at in every if ends[at] == 0}
        for at in every:
            if ends[at] > begins[at]:
                tail[at.partition] = await _last(consumer, at, ends[at])
        return tail
    finally:
        await consumer.stop()


async def _last(consumer: AIOKafkaConsumer, at: TopicPartition, end: int) -> int:
    consumer.seek(at, end - 1)
    found = await consumer.getmany(at, timeout_ms=int(_SECONDS * 1000), max_records=1)
    messages = found.get(at, [])
    if not messages:
        raise TimeoutError(f"Kafka did not give back the last message of {at.topic}/{at.partition} in time.")
    return decode_headers(messages[-1].headers).pseq
