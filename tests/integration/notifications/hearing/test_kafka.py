"""The whole service as it runs: Kafka, consumer, timers, courier, all at once, on real servers."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from chassis.consumer import Consumer, Subscription
from chassis.consumer.events import Arrival
from chassis.consumer.kafka import kafka_sources
from chassis.consumer.owner_log import MemoryOwnerLog
from chassis.kafka_connection import KafkaConnection
from contracts.ids import VictimId
from notifications.hearing.consumer import KNOWN, Ears
from support.consuming import FAST
from support.deadline import until
from support.notifications_service import Service, news_data, open_service
from support.notifications_world import AMIRA, BEN
from support.topics import made_topic, send

pytestmark = pytest.mark.servers


@pytest.fixture
async def topic(kafka_bootstrap: str) -> AsyncIterator[str]:
    async with made_topic(kafka_bootstrap, f"journey-{secrets.token_hex(4)}") as name:
        yield name


@asynccontextmanager
async def running(service: Service, bootstrap: str, topic: str) -> AsyncIterator[None]:
    """Everything that `serve` runs beside HTTP, on a topic of this test's own."""
    working = service.working
    consumer = Consumer(
        "notifications",
        pool=service.pool,
        open_source=kafka_sources(KafkaConnection(bootstrap), client_id="notifications"),
        owner_of=lambda _: MemoryOwnerLog(),
        subscriptions=[Subscription(topic, Ears(working.ledgers), "http://127.0.0.1:1", known=KNOWN)],
        registry=service.foundation.registry,
        pace=FAST,
    )
    runs = (consumer.run, working.timers.run, working.rounds.run, working.reconciler.run)
    tasks = [asyncio.ensure_future(run()) for run in runs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_what_journey_publishes_reaches_the_victim_once(
    database: Callable[[str], str], kafka_bootstrap: str, topic: str
) -> None:
    async with open_service(database("notifications")) as service:
        await service.agree()
        arrivals = [
            await arrival(service, topic, pseq=1, victim=AMIRA),
            await arrival(service, topic, pseq=2, victim=AMIRA, name="sentence"),
        ]
        stranger = await arrival(service, topic, pseq=1, victim=BEN, partition=1)
        await send(kafka_bootstrap, topic, [*arrivals, arrivals[0], arrivals[1], stranger])
        async with running(service, kafka_bootstrap, topic):

            async def told() -> bool:
                sent = await service.said("notifications.message-sent.v1")
                return sum(len(each["news_ids"]) for each in sent) == 2

            async def asked() -> bool:
                return len(await service.said("notifications.officer-contact-due.v1")) == 1

            await until(told, "both items left by message", seconds=60)
            await until(asked, "an officer was asked about the victim without a promise", seconds=60)
        references = [letter.reference for letter in service.provider.outbox]
        assert len(references) == len(set(references)) <= 2
        assert await service.working.reconciler.look()


async def arrival(
    service: Service, topic: str, *, pseq: int, victim: VictimId, name: str = "verdict", partition: int = 0
) -> Arrival:
    """A record as journey's relay would send it."""
    event = await service.event("journey.news-arrived.v1", news_data(name, victim=victim), victim=victim)
    return Arrival(topic, partition, pseq, pseq, victim, event.recorded_at, None, event.body)
