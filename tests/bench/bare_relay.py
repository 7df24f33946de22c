"""The bare pipeline's relay, a process: rows after the last position, raw `send_batch`. Arguments: dsn, bootstrap."""

import asyncio
import sys

import asyncpg
import uvloop
from aiokafka import AIOKafkaProducer
from bench.bare_tables import TOPIC
from bench.kafka_topics import PARTITIONS

PAGE = 1_000
_AFTER = "SELECT position, body FROM bare_log WHERE position > $1 ORDER BY position LIMIT $2"


async def relay(dsn: str, bootstrap: str) -> None:
    """Relay until killed."""
    connection = await asyncpg.connect(dsn)
    bell = asyncio.Event()
    await connection.add_listener("bare_appended", lambda *_: bell.set())
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", max_batch_size=1 << 20)
    last = 0
    async with producer:
        while True:
            rows = await connection.fetch(_AFTER, last, PAGE)
            if rows:
                await _send(producer, rows)
                last = rows[-1]["position"]
            else:
                await bell.wait()
                bell.clear()


async def _send(producer: AIOKafkaProducer, rows: list[asyncpg.Record]) -> None:
    batches = {number: producer.create_batch() for number in range(PARTITIONS)}
    for position, body in rows:
        key = b"%d" % position
        batches[position % PARTITIONS].append(key=key, value=body, timestamp=None)
    for number, batch in batches.items():
        if batch.record_count():
            await producer.send_batch(batch, TOPIC, partition=number)


if __name__ == "__main__":
    uvloop.run(relay(*sys.argv[1:]))
