"""The relay as a process of its own: it reads the log and talks to Kafka, and has no access to the vault."""

from chassis.database import open_pool
from chassis.http.app import create_app
from chassis.http.metrics import process_registry
from chassis.http.readiness import database_answers
from chassis.relay.broker import KafkaBroker
from chassis.relay.relay import Relay
from chassis.relay.session import Target
from chassis.relay.standing import Standing
from chassis.service import run_relay, run_watched
from chassis.settings import RelaySettings


async def relay_log(settings: RelaySettings, *, topic: str) -> None:
    """Relay the service's log to `topic` until told to stop. Raises Fenced when another relay has taken over."""
    broker = KafkaBroker(settings.kafka, settings.kafka_replication, settings.kafka_min_insync)
    target = Target(broker, topic)
    async with open_pool(settings.database_url.get_secret_value()) as pool:
        relay = Relay(pool, target).run
        if settings.health_port is None:
            await run_relay(relay)
            return
        registry = process_registry()
        standing = Standing(pool, topic, registry=registry)
        app = create_app(
            f"relay of {topic}",
            routers=[],
            readiness={"database": database_answers(pool)},
            progress={"relay": standing.ready},
            https=False,
            registry=registry,
        )
        await run_watched(app, relay, standing.watch, host=settings.health_host, port=settings.health_port)
