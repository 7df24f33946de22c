"""The bare pipeline's projector, a process: what Kafka gives, one raw insert a batch. Arguments: dsn, bootstrap."""

import sys

import asyncpg
import uvloop
from aiokafka import AIOKafkaConsumer, TopicPartition
from bench.bare_tables import TOPIC
from bench.kafka_topics import PARTITIONS

_INSERT = "INSERT INTO bare_timeline (position, body) SELECT * FROM unnest($1::bigint[], $2::bytea[])"


async def project(dsn: str, bootstrap: str) -> None:
    """Project until killed."""
    connection = await asyncpg.connect(dsn)
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, auto_offset_reset="earliest")
    consumer.assign([TopicPartition(TOPIC, number) for number in range(PARTITIONS)])
    async with consumer:
        while True:
            found = await consumer.getmany(timeout_ms=500)
            records = [record for batch in found.values() for record in batch]
            if records:
                positions, bodies = [int(one.key) for one in records], [one.value for one in records]
                async with connection.transaction():
                    await connection.execute(_INSERT, positions, bodies)
                    await connection.execute("NOTIFY bare_visible")


if __name__ == "__main__":
    uvloop.run(project(*sys.argv[1:]))
