"""The relay's topic: made with a partition count that is fixed for its life."""

import asyncio

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import NoError, TopicAlreadyExistsError, for_code

from chassis.errors import PermanentFailure
from chassis.kafka_connection import KafkaConnection

MAX_MESSAGE_BYTES = 4 << 20
_KNOWN_SECONDS = 10.0


class WrongPartitions(PermanentFailure):
    """The topic has another number of partitions than the log counts; nobody may ever change it."""


async def ensure_topic(
    kafka: KafkaConnection, topic: str, *, partitions: int, replication: int, min_insync: int = 1
) -> None:
    """Create the topic unless it exists; raises WrongPartitions when it exists otherwise than the log counts."""
    admin = AIOKafkaAdminClient(**kafka.arguments(), client_id="throughline-relay")
    await admin.start()
    try:
        configs = {
            "retention.ms": "-1",
            "max.message.bytes": str(MAX_MESSAGE_BYTES),
            "min.insync.replicas": str(min_insync),
        }
        wanted = NewTopic(topic, partitions, replication, topic_configs=configs)
        answer = await admin.create_topics([wanted])
        failure = for_code(answer.topic_errors[0][1])
        if failure not in (NoError, TopicAlreadyExistsError):
            raise failure(f"Topic {topic} could not be created.")
        found = await _partitions(admin, topic)
    finally:
        await admin.close()
    if found != partitions:
        raise WrongPartitions(
            f"Topic {topic} has {found} partitions, and its log counts {partitions}. Where a broker made it by itself "
            "(auto.create.topics.enable) and nothing is on it, delete it, and the relay makes it; else restore it."
        )


async def _partitions(admin: AIOKafkaAdminClient, topic: str) -> int:
    """Ask until the broker has heard of the topic; a new one is known a moment later."""
    async with asyncio.timeout(_KNOWN_SECONDS):
        while True:
            described = await admin.describe_topics([topic])
            if described and described[0]["error_code"] == 0:
                return len(described[0]["partitions"])
            await asyncio.sleep(0.05)
