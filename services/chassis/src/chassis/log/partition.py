"""Which Kafka partition a key belongs to: librdkafka's "consistent" partitioner, so that any client agrees."""

from zlib import crc32


def partition_of(key: str, partitions: int) -> int:
    """Partition of `key` in a topic of `partitions` partitions, fixed for the topic's life."""
    return crc32(key.encode()) % partitions
