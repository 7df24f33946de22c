"""A consumer on Kafka and HTTP, as services open it."""

from collections.abc import Mapping, Sequence

import httpx2
from prometheus_client import CollectorRegistry

from chassis.consumer.consumer import Consumer
from chassis.consumer.kafka import kafka_sources
from chassis.consumer.owner_log import HttpOwnerLog, OwnerLog
from chassis.consumer.subscription import Subscription
from chassis.database import Pool
from chassis.kafka_connection import KafkaConnection
from chassis.security.tokens import AccessTokens


def kafka_consumer(
    name: str,
    *,
    pool: Pool,
    kafka: KafkaConnection,
    subscriptions: Sequence[Subscription],
    http: httpx2.AsyncClient,
    tokens: Mapping[str, AccessTokens],
    registry: CollectorRegistry,
) -> Consumer:
    """Build the consumer `name`. `tokens` holds, per topic, tokens for its owner's audience with scope log:read."""

    def owner_of(subscription: Subscription) -> OwnerLog:
        return HttpOwnerLog(http, subscription.owner_log_url, tokens[subscription.topic])

    return Consumer(
        name,
        pool=pool,
        open_source=kafka_sources(kafka, client_id=name),
        owner_of=owner_of,
        subscriptions=subscriptions,
        registry=registry,
    )
