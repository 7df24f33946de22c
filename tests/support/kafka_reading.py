"""Reading back what a relay published."""

from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition
from chassis.relay.headers import RelayHeaders, decode_headers


@dataclass(frozen=True)
class Message:
    """One message with the relay's headers."""

    partition: int
    key: str
    body: bytes
    headers: RelayHeaders


async def published(bootstrap: str, topic: str, *, partitions: int = 4) -> list[Message]:
    """Everything that a relay sent to the topic, in order per partition; empty when there is no topic yet."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False)
    await consumer.start()
    try:
        if topic not in await consumer.topics():
            return []
        every = [TopicPartition(topic, number) for number in range(partitions)]
        consumer.assign(every)
        await consumer.seek_to_beginning(*every)
        ends = await consumer.end_offsets(every)
        messages: list[Message] = []
        while any([await consumer.position(at) < ends[at] for at in every]):
            for at, batch in (await consumer.getmany(timeout_ms=1000)).items():
                messages += [
                    Message(at.partition, m.key.decode(), m.value, decode_headers(m.headers))
                    for m in batch
                    if m.headers
                ]
        return messages
    finally:
        await consumer.stop()
