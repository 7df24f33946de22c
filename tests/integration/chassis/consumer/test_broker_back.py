"""After a broker that was away is back, a consumer lives off Kafka again and not off its owner's log."""

import secrets
from collections.abc import AsyncIterator, Callable

import httpx2
import pytest
from chassis.consumer import Consumer, Subscription
from chassis.consumer.kafka import kafka_sources
from chassis.consumer.owner_log import HttpOwnerLog
from chassis.consumer.topic import Pace
from chassis.database import Pool, open_pool
from chassis.kafka_connection import KafkaConnection
from chassis.log.appender import append_within
from chassis.log.http import log_router
from chassis.relay.broker import KafkaBroker
from chassis.relay.relay import Relay
from chassis.relay.session import Target
from chassis.security.tokens import FixedToken
from chassis.task_group import TaskGroup
from fastapi import FastAPI
from sandbox.servers.kafka import KafkaServer
from support.arrivals import body
from support.consuming import NAME, Rig, make_effect_table
from support.log_events import an_event
from support.welcoming import Welcoming

pytestmark = pytest.mark.servers

TOPIC = "back.events"


@pytest.fixture
async def rig(database: Callable[[str], str]) -> AsyncIterator[Rig]:
    async with open_pool(database("chassis"), size=12) as pool:
        await make_effect_table(pool)
        yield Rig(pool)


@pytest.fixture
async def running(rig: Rig, breakable_kafka: KafkaServer) -> AsyncIterator[None]:
    """A relay and a consumer of the log in the rig's database."""
    app = FastAPI()
    app.include_router(log_router(rig.pool, Welcoming(), topic=TOPIC))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as client, TaskGroup() as group:
        consumer = Consumer(
            NAME,
            pool=rig.pool,
            open_source=kafka_sources(KafkaConnection(breakable_kafka.bootstrap), client_id=NAME),
            owner_of=lambda _: HttpOwnerLog(client, "http://owner", FixedToken("t")),
            subscriptions=[Subscription(TOPIC, rig.handler, "http://owner")],
            registry=rig.registry,
            pace=Pace(tail_check=1.0),
        )
        relay = Relay(
            rig.pool, Target(KafkaBroker(KafkaConnection(breakable_kafka.bootstrap)), TOPIC), pause_seconds=0.1
        )
        tasks = [group.create_task(relay.run()), group.create_task(consumer.run())]
        yield
        for task in tasks:
            task.cancel()


async def append(pool: Pool, count: int) -> None:
    async with pool.acquire() as connection, connection.transaction():
        events = [an_event(body=body(secrets.token_hex(8))) for _ in range(count)]
        await append_within(connection, events, epoch=1)


def refilled(rig: Rig) -> float:
    labels = {"consumer": NAME, "topic": TOPIC}
    return rig.registry.get_sample_value("consumer_refilled_total", labels) or 0.0


async def test_after_a_broker_is_back_nothing_comes_from_the_owners_log_any_more(
    rig: Rig, running: None, breakable_kafka: KafkaServer
) -> None:
    await append(rig.pool, 40)
    await rig.until_effects(40)
    breakable_kafka.kill()
    await append(rig.pool, 40)
    await breakable_kafka.start()
    await append(rig.pool, 40)
    await rig.until_effects(120, seconds=60)
    # One more round may have been on its way; after it each event is on Kafka in time.
    await append(rig.pool, 40)
    await rig.until_effects(160, seconds=60)
    before = refilled(rig)
    for more in range(1, 9):
        await append(rig.pool, 40)
        await rig.until_effects(160 + more * 40, seconds=60)
    assert refilled(rig) == before
