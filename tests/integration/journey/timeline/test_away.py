"""A page that needs nothing but our database answers while all around it is away, and that is said elsewhere."""

import asyncio

import httpx2
from chassis.consumer.wiring import kafka_consumer
from chassis.http.metrics import process_registry
from chassis.kafka_connection import KafkaConnection
from chassis.key_ring import KeyRing
from chassis.security.issuer import Issuer
from chassis.security.tokens import FixedToken
from chassis.testing.clock import FakeClock
from chassis.timers.runner import TimerRunner
from contracts.topics import INTAKE, NOTIFICATIONS, WITNESS_CARE
from journey.main import projections
from journey.projection.consumer import subscriptions
from journey.projection.published_events import JourneyLog
from support.deadline import until
from support.journey_facts import AMIRA, Journey
from support.journey_site import a_site

NOBODY = "http://127.0.0.1:9"


async def test_with_kafka_and_issuer_away_the_page_answers_and_progress_says_what_is_wrong(journey: Journey) -> None:
    """Guards what takes requests away."""
    registry, clock = process_registry(), FakeClock()
    intake, reports = projections(JourneyLog(KeyRing.alone(b"k" * 32), 1))
    table = subscriptions(
        intake=intake,
        reports=reports,
        log_urls=dict.fromkeys((INTAKE.name, NOTIFICATIONS.name, WITNESS_CARE.name), NOBODY),
    )
    async with httpx2.AsyncClient() as http:
        issuer = Issuer(NOBODY, http=http, clock=clock)
        consumer = kafka_consumer(
            "journey",
            pool=journey.pool,
            kafka=KafkaConnection("127.0.0.1:9"),
            subscriptions=table,
            http=http,
            tokens={one.topic: FixedToken("none") for one in table},
            registry=registry,
        )
        timers = TimerRunner(journey.pool, handlers={}, clock=clock, registry=registry)
        progress = {"issuer": issuer.answers, "consumer": consumer.ready, "timers": timers.ready}
        async with a_site(journey, progress=progress) as site:
            await site.grant(AMIRA)
            following = asyncio.create_task(consumer.run())
            browser = await site.signed_in(AMIRA)

            async def said() -> bool:
                checks = (await browser.get("/progress")).json()["checks"]
                return "tries again" in checks["consumer"] and "does not answer" in checks["issuer"]

            try:
                await until(said, "progress says that Kafka and the issuer are away")
                assert (await browser.get("/progress")).status_code == 503
                assert (await browser.get("/readyz")).status_code == 200
                assert (await browser.get("/")).status_code == 200
            finally:
                following.cancel()
                await asyncio.wait([following])
