"""The fixtures' servers and the sandbox's own: real, alone with their data, and gone afterwards."""

from collections.abc import Callable

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from sandbox.servers.kafka import KafkaServer, kafka_answers
from sandbox.servers.postgres import PostgresServer, postgres_answers


async def test_postgres_is_recent_and_keeps_what_it_acknowledges(empty_database: str) -> None:
    connection = await asyncpg.connect(empty_database)
    assert connection.get_server_version().major == 18
    assert await connection.fetchval("SHOW fsync") == "on"
    assert await connection.fetchval("SHOW synchronous_commit") == "on"
    await connection.close()


async def test_each_test_has_its_own_copy_of_the_template(database: Callable[[str], str]) -> None:
    first, second = database("chassis"), database("chassis")
    connection = await asyncpg.connect(first)
    await connection.execute("CREATE TABLE only_here ()")
    await connection.close()
    connection = await asyncpg.connect(second)
    assert await connection.fetchval("SELECT to_regclass('only_here')") is None
    assert await connection.fetchval("SELECT to_regclass('log')") == "log"
    await connection.close()


async def test_kafka_gives_back_what_it_was_given(kafka_bootstrap: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic("sandbox.round-trip", num_partitions=1, replication_factor=1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=kafka_bootstrap, enable_idempotence=True) as producer:
        await producer.send_and_wait("sandbox.round-trip", key=b"k", value=b"v", headers=[("h", b"1")])
    async with AIOKafkaConsumer(
        "sandbox.round-trip", bootstrap_servers=kafka_bootstrap, auto_offset_reset="earliest"
    ) as consumer:
        record = await consumer.getone()
    assert (record.key, record.value, record.headers) == (b"k", b"v", (("h", b"1"),))


async def test_a_killed_postgres_comes_back_with_its_data(breakable_postgres: PostgresServer) -> None:
    connection = await asyncpg.connect(breakable_postgres.dsn())
    await connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    breakable_postgres.kill()
    assert not await postgres_answers(breakable_postgres.dsn())
    await breakable_postgres.start()
    connection = await asyncpg.connect(breakable_postgres.dsn())
    assert await connection.fetchval("SELECT one FROM kept") == 1
    await connection.close()


async def test_a_killed_kafka_comes_back_at_its_address(breakable_kafka: KafkaServer) -> None:
    breakable_kafka.kill()
    assert not await kafka_answers(breakable_kafka.bootstrap)
    await breakable_kafka.start()
    assert await kafka_answers(breakable_kafka.bootstrap)
